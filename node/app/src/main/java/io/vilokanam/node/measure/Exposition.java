package io.vilokanam.node.measure;

import java.util.Map;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;

/** Meters in Prometheus' text form, version 0.0.4. */
final class Exposition {

    private static final double WHOLE_BELOW = 1e15;

    private Exposition() {}

    /** As it was given; the dotted names of Micrometer's binders as its Prometheus registry writes them. */
    static String name(Meter meter) {
        String name = meter.getId().getName();
        if (name.indexOf('.') < 0) {
            return name;
        }
        String unit = meter.getId().getBaseUnit();
        String plain = NamingConvention.snakeCase.name(name, meter.getId().getType(), unit);
        String measured = unit == null || plain.endsWith(unit) ? plain : plain + '_' + unit;
        return meter.getId().getType() == Meter.Type.COUNTER ? measured + "_total" : measured;
    }

    /** Name and value of each label, between commas. */
    static String labels(Meter meter) {
        return meter.getId().getTags().stream().map(Exposition::label).collect(Collectors.joining(","));
    }

    private static String label(Tag tag) {
        return tag.getKey() + "=\"" + tag.getValue().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                + '"';
    }

    /** Writes the type and each series of a name. */
    static void write(StringBuilder text, String name, Map<String, Meter> series) {
        Meter first = series.values().iterator().next();
        text.append("# TYPE ").append(name).append(' ').append(switch (first.getId().getType()) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case DISTRIBUTION_SUMMARY -> "histogram";
            case TIMER, LONG_TASK_TIMER, OTHER -> "untyped";
        }).append('\n');
        series.forEach((labels, meter) -> {
            if (meter instanceof DistributionSummary summary) {
                histogram(text, name, labels, summary.takeSnapshot());
            } else {
                meter.measure().forEach(value -> line(text, name, labels, number(value.getValue())));
            }
        });
    }

    private static void histogram(StringBuilder text, String name, String labels, HistogramSnapshot snapshot) {
        for (CountAtBucket bucket : snapshot.histogramCounts()) {
            line(text, name + "_bucket", labels + ",le=\"" + number(bucket.bucket() / Histogram.PARTS) + '"',
                    number(bucket.count()));
        }
        String count = Long.toString(snapshot.count());
        line(text, name + "_bucket", labels + ",le=\"+Inf\"", count);
        line(text, name + "_sum", labels, number(snapshot.total() / Histogram.PARTS));
        line(text, name + "_count", labels, count);
    }

    private static void line(StringBuilder text, String name, String labels, String value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }

    /** Whole numbers without a fraction. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < WHOLE_BELOW ? Long.toString((long) value)
                : Double.toString(value);
    }
}
