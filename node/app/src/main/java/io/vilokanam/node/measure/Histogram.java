package io.vilokanam.node.measure;

import java.util.Arrays;

import io.micrometer.core.instrument.DistributionSummary;

/** How often values were at most each of some bounds. Safe for several threads. */
public final class Histogram {

    /** Micrometer sorts whole numbers into buckets, so that values are counted in these parts of one. */
    static final double PARTS = 1e9;

    private final DistributionSummary summary;

    Histogram(DistributionSummary summary) {
        this.summary = summary;
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

    static double[] parts(double[] bounds) {
        return Arrays.stream(bounds).map(bound -> Math.rint(bound * PARTS)).toArray();
    }

    public void record(double value) {
        summary.record(Math.rint(value * PARTS));
    }

    /** The same for a time of which the bounds are seconds. */
    public void recordNanos(long nanos) {
        summary.record(nanos);
    }
}
