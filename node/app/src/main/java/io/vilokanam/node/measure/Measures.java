package io.vilokanam.node.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All series of a node, and their text in Prometheus' form (version 0.0.4). Names are written as they are given: some counters
 * of stock nodes have no {@code _total}, which the usual clients would add. Safe for several threads.
 */
public final class Measures {

    /** More series of one name are not kept: labels come from a few known values. */
    private static final int SERIES_MAX = 4_096;

    private enum Kind {
        COUNTER, GAUGE, HISTOGRAM;

        String label() {
            return switch (this) {
                case COUNTER -> "counter";
                case GAUGE -> "gauge";
                case HISTOGRAM -> "histogram";
            };
        }
    }

    /** What stands behind the labels of a series. */
    @FunctionalInterface
    private interface Series {
        void write(StringBuilder text, String name, String labels);
    }

    private record Family(Kind kind, Map<String, Series> series) {}

    private final Map<String, Family> families = new ConcurrentSkipListMap<>();
    private final String common;

    /** Of a chain, whose id stands on every series. */
    public Measures(String chain) {
        this.common = label("chain", chain);
    }

    /** Several series of a name that differ in the values of their labels. */
    public final class Counters {

        private final Family family;
        private final List<String> labels;
        private final Map<List<String>, LongAdder> known = new ConcurrentHashMap<>();

        private Counters(Family family, List<String> labels) {
            this.family = family;
            this.labels = labels;
        }

        /** The series of these values, which begins at zero. */
        public LongAdder of(String... values) {
            return known.computeIfAbsent(List.of(values), key -> {
                LongAdder count = new LongAdder();
                add(family, labels(labels, key), (text, name, all) -> line(text, name, all, Long.toString(count.sum())));
                return count;
            });
        }
    }

    /** The same for histograms. */
    public final class Histograms {

        private final Family family;
        private final double[] bounds;
        private final List<String> labels;
        private final Map<List<String>, Histogram> known = new ConcurrentHashMap<>();

        private Histograms(Family family, double[] bounds, List<String> labels) {
            this.family = family;
            this.bounds = bounds;
            this.labels = labels;
        }

        /** The series of these values, which begins empty. */
        public Histogram of(String... values) {
            return known.computeIfAbsent(List.of(values), key -> {
                Histogram histogram = new Histogram(bounds);
                add(family, labels(labels, key), histogram::write);
                return histogram;
            });
        }
    }

    private Family family(String name, Kind kind) {
        Family family = families.computeIfAbsent(name, _ -> new Family(kind, new ConcurrentSkipListMap<>()));
        if (family.kind() != kind) {
            throw new IllegalArgumentException(name + " is a " + family.kind() + " already");
        }
        return family;
    }

    private static void add(Family family, String labels, Series series) {
        if (family.series().size() < SERIES_MAX) {
            family.series().put(labels, series);
        }
    }

    /** Counters with some labels. */
    public Counters counters(String name, String... labels) {
        return new Counters(family(name, Kind.COUNTER), List.of(labels));
    }

    /** Histograms with some labels. */
    public Histograms histograms(String name, double[] bounds, String... labels) {
        return new Histograms(family(name, Kind.HISTOGRAM), bounds.clone(), List.of(labels));
    }

    /** A number that only grows and is read when somebody asks. */
    public void counter(String name, LongSupplier value, String... labels) {
        add(family(name, Kind.COUNTER), pairs(labels),
                (text, series, all) -> line(text, series, all, Long.toString(value.getAsLong())));
    }

    /** A whole number that is read when somebody asks; {@code labels} are names and values in turn. */
    public void gauge(String name, LongSupplier value, String... labels) {
        add(family(name, Kind.GAUGE), pairs(labels),
                (text, series, all) -> line(text, series, all, Long.toString(value.getAsLong())));
    }

    /** The same for a number with a fraction. */
    public void fraction(String name, DoubleSupplier value, String... labels) {
        add(family(name, Kind.GAUGE), pairs(labels),
                (text, series, all) -> line(text, series, all, number(value.getAsDouble())));
    }

    /** A gauge of which there are as many series as {@code values} has keys at that moment. */
    public void gauges(String name, String label, Supplier<Map<String, Long>> values) {
        add(family(name, Kind.GAUGE), "", (text, series, _) -> new TreeMap<>(values.get())
                .forEach((value, number) -> line(text, series, common + "," + label(label, value),
                        Long.toString(number))));
    }

    private String pairs(String... labels) {
        StringBuilder text = new StringBuilder(common);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(',').append(label(labels[i], labels[i + 1]));
        }
        return text.toString();
    }

    private String labels(List<String> names, List<String> values) {
        StringBuilder text = new StringBuilder(common);
        for (int i = 0; i < names.size(); i++) {
            text.append(',').append(label(names.get(i), values.get(i)));
        }
        return text.toString();
    }

    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    static void line(StringBuilder text, String name, String labels, String value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }

    /** Whole numbers without a fraction. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** The labels that every series has. */
    public String common() {
        return common;
    }

    /** Writes all series that there are. */
    public void write(StringBuilder text) {
        families.forEach((name, family) -> {
            if (!family.series().isEmpty()) {
                text.append("# TYPE ").append(name).append(' ').append(family.kind().label()).append('\n');
                family.series().forEach((labels, series) -> series.write(text, name, labels));
            }
        });
    }
}
