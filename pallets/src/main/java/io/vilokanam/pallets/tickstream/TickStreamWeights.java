package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.weights.DbWeight.ROCKS_DB;

import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.tickstream.Batch;

/**
 * What the calls of {@link TickStream} cost: storage accesses at FRAME's RocksDB costs, and a bound for the computation,
 * chosen well above what the JVM needs for it. Not measured by a benchmark yet.
 */
final class TickStreamWeights {

    private static final long MICROSECOND = 1_000_000;

    /** A call itself: decoding, checks, an event. */
    private static final Weight CALL = new Weight(20 * MICROSECOND, 3_600);

    /** One payment: the account read and written, what waits for it read. */
    private static final Weight PAYMENT = ROCKS_DB.readsWrites(2, 1).plusRefTime(15 * MICROSECOND);

    /** One entry: the session read and written. */
    private static final Weight ENTRY = ROCKS_DB.readsWrites(1, 1).plusRefTime(5 * MICROSECOND);

    /** One step of a hash chain: a tenth of a microsecond. */
    private static final long HASH = MICROSECOND / 10;

    /** An sr25519 check. */
    private static final long SIGNATURE = 60 * MICROSECOND;

    private static final int PAYEES_MAX = 8;

    private TickStreamWeights() {}

    static Weight stream() {
        return CALL.plus(ROCKS_DB.readsWrites(2, 2));
    }

    static Weight openSession() {
        return CALL.plus(PAYMENT).plus(ROCKS_DB.readsWrites(7, 6));
    }

    static Weight topUp() {
        return CALL.plus(PAYMENT).plus(ROCKS_DB.readsWrites(2, 2));
    }

    static Weight settleBatch(Batch batch) {
        return CALL.plusRefTime(SIGNATURE + HASH * batch.hashes()).plus(ENTRY.times(batch.entries().size()))
                .plus(PAYMENT.times(batch.payments() + 1)).plus(ROCKS_DB.readsWrites(4 + batch.payments(), 1));
    }

    /** One entry of at most {@code stepMax} hashes, its payees and the platform. */
    static Weight claim(long stepMax) {
        return CALL.plus(ENTRY).plusRefTime(HASH * stepMax).plus(PAYMENT.times(PAYEES_MAX + 1)).plus(ROCKS_DB.reads(3));
    }

    static Weight requestClose() {
        return CALL.plus(ROCKS_DB.readsWrites(2, 2));
    }

    static Weight closeWithWord(long stepMax) {
        return claim(stepMax).plus(PAYMENT).plus(ROCKS_DB.writes(1));
    }

    static Weight payAccrued() {
        return CALL.plus(PAYMENT).plus(ROCKS_DB.writes(1));
    }

    static Weight settings() {
        return CALL.plus(ROCKS_DB.readsWrites(1, 2));
    }

    /** Looking at one session or one empty block of the queue; at worst the session is closed and refunded. */
    static Weight due(int visited) {
        return PAYMENT.plus(ROCKS_DB.readsWrites(2, 3)).times(visited).plus(ROCKS_DB.readsWrites(1, 1));
    }
}
