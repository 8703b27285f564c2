package io.vilokanam.node.measure;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How often values were at most each of some bounds. Safe for several threads. */
public final class Histogram {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double[] bounds;
    private final LongAdder[] upTo;
    private final LongAdder count = new LongAdder();
    private final DoubleAdder sum = new DoubleAdder();

    Histogram(double[] bounds) {
        this.bounds = bounds.clone();
        this.upTo = new LongAdder[bounds.length];
        for (int i = 0; i < upTo.length; i++) {
            upTo[i] = new LongAdder();
        }
    }

    /** The default buckets of Prometheus clients, in seconds. */
    public static double[] seconds() {
        return new double[]{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    }

    /** {@code count} bounds of which each is {@code factor} times the one before. */
    public static double[] exponential(double first, double factor, int count) {
        double[] bounds = new double[count];
        double bound = first;
        for (int i = 0; i < count; i++) {
            bounds[i] = bound;
            bound *= factor;
        }
        return bounds;
    }

    public void record(double value) {
        count.increment();
        sum.add(value);
        for (int i = 0; i < bounds.length; i++) {
            if (value <= bounds[i]) {
                upTo[i].increment();
                return;
            }
        }
    }

    /** The same for a time. */
    public void recordNanos(long nanos) {
        record(nanos / NANOS_PER_SECOND);
    }

    void write(StringBuilder text, String name, String labels) {
        long below = 0;
        for (int i = 0; i < bounds.length; i++) {
            below += upTo[i].sum();
            Measures.line(text, name + "_bucket", labels + ",le=\"" + Measures.number(bounds[i]) + "\"",
                    Long.toString(below));
        }
        String all = Long.toString(count.sum());
        Measures.line(text, name + "_bucket", labels + ",le=\"+Inf\"", all);
        Measures.line(text, name + "_sum", labels, Measures.number(sum.sum()));
        Measures.line(text, name + "_count", labels, all);
    }
}
