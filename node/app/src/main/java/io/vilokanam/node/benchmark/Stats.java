package io.vilokanam.node.benchmark;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** What some measured numbers come to, written as stock nodes do. */
public record Stats(long sum, long min, long max, long average, long median, double deviation, long p99, long p95,
        long p75) {

    private static final double HUNDRED = 100;

    /** @throws IllegalArgumentException if there are none */
    public static Stats of(Collection<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("there is nothing to make statistics of");
        }
        double average = Arrays.stream(sorted).average().orElseThrow();
        double variance = Arrays.stream(sorted).mapToDouble(value -> (value - average) * (value - average)).average()
                .orElseThrow();
        return new Stats(Arrays.stream(sorted).sum(), sorted[0], sorted[sorted.length - 1], (long) average,
                percentile(sorted, 0.5), Math.round(Math.sqrt(variance) * HUNDRED) / HUNDRED, percentile(sorted, 0.99),
                percentile(sorted, 0.95), percentile(sorted, 0.75));
    }

    private static long percentile(long[] sorted, double share) {
        int index = (int) Math.ceil(sorted.length * share) - 1;
        return sorted[Math.clamp(index, 0, sorted.length - 1)];
    }

    @Override
    public String toString() {
        String spread = deviation == Math.rint(deviation) ? String.format(Locale.ROOT, "%.0f", deviation)
                : Double.toString(deviation);
        return "Total: " + sum + "\nMin: " + min + ", Max: " + max + "\nAverage: " + average + ", Median: " + median
                + ", Stddev: " + spread + "\nPercentiles 99th, 95th, 75th: " + p99 + ", " + p95 + ", " + p75;
    }
}
