package io.vilokanam.offchain.collector;

/**
 * How much the collector holds and does.
 *
 * @param sessionsMax the most sessions in memory
 * @param hashesPerWordMax how many hashes one submitted word may cost
 */
public record CollectorOptions(int sessionsMax, int hashesPerWordMax) {

    /** A million sessions take about 160 MB, and as much in a mapped file. */
    public static final CollectorOptions STANDARD = new CollectorOptions(1 << 20, 4_096);
}
