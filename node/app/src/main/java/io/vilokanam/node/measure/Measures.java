package io.vilokanam.node.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * All series of a node. They are Micrometer's meters; the text for Prometheus is written here, since its own registry adds
 * {@code _total} to the name of a counter, which some counters of stock nodes lack, and takes {@code _info} off a gauge's.
 * Safe for several threads.
 */
public final class Measures {

    /** More series of one name are not kept: labels come from a few known values. */
    private static final int SERIES_MAX = 4_096;
    /** Histograms count since the start: what they hold never ages. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Map<String, Meter.Type> types = new ConcurrentHashMap<>();
    private final List<Runnable> before = new CopyOnWriteArrayList<>();
    /** The registry itself lets go of what it counts. */
    private final List<LongSupplier> held = new CopyOnWriteArrayList<>();

    /** Of a chain, whose id stands on every series. */
    public Measures(String chain) {
        registry.config().commonTags("chain", chain);
    }

    /** Several series of a name that differ in the values of their labels. */
    public static final class Family<S> {

        private final List<String> labels;
        private final Function<Tags, S> series;
        private final Map<List<String>, S> known = new ConcurrentHashMap<>();
        private final Supplier<S> unseen;

        private Family(List<String> labels, Function<Tags, S> series, Supplier<S> unseen) {
            this.labels = labels;
            this.series = series;
            this.unseen = unseen;
        }

        /** The series of these values, which begins at zero; one that nobody sees if there are too many. */
        public S of(String... values) {
            List<String> key = List.of(values);
            S found = known.get(key);
            if (found != null) {
                return found;
            }
            return known.size() < SERIES_MAX ? known.computeIfAbsent(key, this::add) : unseen.get();
        }

        private S add(List<String> values) {
            List<String> pairs = new ArrayList<>(2 * values.size());
            for (int i = 0; i < values.size(); i++) {
                pairs.add(labels.get(i));
                pairs.add(values.get(i));
            }
            return series.apply(Tags.of(pairs.toArray(String[]::new)));
        }
    }

    /** For Micrometer's own binders. */
    public MeterRegistry registry() {
        return registry;
    }

    private void claim(String name, Meter.Type type) {
        Meter.Type known = types.putIfAbsent(name, type);
        if (known != null && known != type) {
            throw new IllegalArgumentException(name + " is a " + known + " already");
        }
    }

    /** Counters with some labels. */
    public Family<LongAdder> counters(String name, String... labels) {
        claim(name, Meter.Type.COUNTER);
        return new Family<>(List.of(labels), tags -> {
            LongAdder count = new LongAdder();
            FunctionCounter.builder(name, count, LongAdder::sum).tags(tags).register(registry);
            return count;
        }, LongAdder::new);
    }

    /** Histograms with some labels. */
    public Family<Histogram> histograms(String name, double[] bounds, String... labels) {
        claim(name, Meter.Type.DISTRIBUTION_SUMMARY);
        Function<MeterRegistry, DistributionSummary.Builder> builder = _ -> DistributionSummary.builder(name)
                .serviceLevelObjectives(Histogram.parts(bounds)).distributionStatisticExpiry(FOREVER)
                .distributionStatisticBufferLength(1);
        return new Family<>(List.of(labels),
                tags -> new Histogram(builder.apply(registry).tags(tags).register(registry)),
                () -> new Histogram(builder.apply(registry).register(new SimpleMeterRegistry())));
    }

    /** A number that only grows and is read when somebody asks. */
    public void counter(String name, LongSupplier value, String... labels) {
        claim(name, Meter.Type.COUNTER);
        held.add(value);
        FunctionCounter.builder(name, value, LongSupplier::getAsLong).tags(labels).register(registry);
    }

    /** A whole number that is read when somebody asks; {@code labels} are names and values in turn. */
    public void gauge(String name, LongSupplier value, String... labels) {
        fraction(name, value::getAsLong, labels);
    }

    /** The same for a number with a fraction. */
    public void fraction(String name, DoubleSupplier value, String... labels) {
        claim(name, Meter.Type.GAUGE);
        Gauge.builder(name, value::getAsDouble).tags(labels).register(registry);
    }

    /** A gauge of which there are as many series as {@code values} has keys at that moment. */
    public void gauges(String name, String label, Supplier<Map<String, Long>> values) {
        claim(name, Meter.Type.GAUGE);
        MultiGauge gauge = MultiGauge.builder(name).register(registry);
        before.add(() -> gauge.register(values.get().entrySet().stream()
                .limit(SERIES_MAX).<MultiGauge.Row<?>>map(
                        entry -> MultiGauge.Row.of(Tags.of(label, entry.getKey()), entry.getValue()))
                .toList(), true));
    }

    /** Writes all series that there are in Prometheus' form (version 0.0.4), by name and labels. */
    public void write(StringBuilder text) {
        before.forEach(Runnable::run);
        Map<String, Map<String, Meter>> families = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            if (meter.getId().syntheticAssociation() != null) {
                // A bucket, which its histogram writes.
                continue;
            }
            families.computeIfAbsent(Exposition.name(meter), _ -> new ConcurrentSkipListMap<>())
                    .put(Exposition.labels(meter), meter);
        }
        families.forEach((name, series) -> Exposition.write(text, name, series));
    }
}
