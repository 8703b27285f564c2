package io.vilokanam.node.offchain.listener;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;

/**
 * A token bucket a session in fixed memory. Only words that were taken count: nobody else can use up a viewer's tokens. Each
 * session has a slot by a keyed hash, a later session takes the slot of an earlier one and begins with a full bucket: a shared
 * slot gives more than is due, never less.
 */
final class SessionBuckets {

    /** 2^20 slots of eight bytes. */
    private static final int SLOT_BITS = 20;
    private static final int TAG_BITS = 16;
    private static final int TIME_BITS = Long.SIZE - TAG_BITS;
    private static final long TIME_MASK = (1L << TIME_BITS) - 1;

    private final AtomicLongArray slots = new AtomicLongArray(1 << SLOT_BITS);
    private final long key;
    private final long interval;
    private final long depth;

    SessionBuckets(long rate, long burst, RandomGenerator random) {
        this.key = random.nextLong() | 1;
        this.interval = Math.max(1, TokenBucket.SECOND / rate);
        this.depth = interval * burst;
    }

    /** Whether a token is there; takes none. {@code now}: microseconds, not negative. */
    boolean hasToken(long session, long now) {
        long hash = hash(session);
        return fullAt(slots.get(slot(hash)), hash, now) + interval - now <= depth;
    }

    /** A word of the session was taken. */
    void charge(long session, long now) {
        long hash = hash(session);
        slots.updateAndGet(slot(hash), held -> hash << TIME_BITS | fullAt(held, hash, now) + interval & TIME_MASK);
    }

    private static long fullAt(long held, long hash, long now) {
        boolean isOwn = held >>> TIME_BITS == (hash & (1 << TAG_BITS) - 1);
        return isOwn ? Math.max(held & TIME_MASK, now) : now;
    }

    private static int slot(long hash) {
        return (int) (hash >>> Long.SIZE - SLOT_BITS);
    }

    /** Two rounds of multiply and fold: who does not know the key cannot aim at a slot. */
    private long hash(long session) {
        long mixed = (session ^ key) * 0x9e37_79b9_7f4a_7c15L;
        mixed = (mixed ^ mixed >>> 32 ^ key) * 0xd6e8_feb8_6659_fd93L;
        return mixed ^ mixed >>> 29;
    }
}
