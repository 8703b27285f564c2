package io.vilokanam.offchain.settler;

import io.vilokanam.primitives.tickstream.Batch;

/**
 * What the parts of a batch weigh, in picoseconds of reference time, and how much a batch may weigh in all. The parts are upper
 * bounds of what the runtime charges: FRAME's RocksDB costs of 25 us a read and 100 us a write, and the computation.
 *
 * @param base the call itself: signature, settings, the platform's payment
 */
public record BatchBudget(long base, long entry, long hash, long payment, long total) {

    private static final long MICROSECOND = 1_000_000;

    /** Half of the 750 ms that normal calls of a block may take. */
    public static final BatchBudget STANDARD = new BatchBudget(900 * MICROSECOND, 130 * MICROSECOND, MICROSECOND / 10,
            290 * MICROSECOND, 375_000 * MICROSECOND);

    /** The same parts, and another sum. */
    BatchBudget withTotal(long other) {
        return new BatchBudget(base, entry, hash, payment, other);
    }

    /** What a batch weighs at most. */
    long weightOf(Batch batch) {
        return weightOf(batch.entries().size(), batch.hashes(), batch.payments());
    }

    long weightOf(long entries, long hashes, long payments) {
        return base + entry * entries + hash * hashes + payment * payments;
    }
}
