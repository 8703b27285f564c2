package io.vilokanam.node.network;

/**
 * A token bucket as one number: the time at which it will be full again (the generic cell rate algorithm). Times are
 * microseconds from whatever beginning. One thread at a time.
 */
public final class TokenBucket {

    public static final long SECOND = 1_000_000;

    private final long interval;
    private final long depth;
    private long fullAt = Long.MIN_VALUE;

    /** {@code rate}: tokens a second; {@code burst}: tokens in a full bucket. */
    public TokenBucket(long rate, long burst) {
        this.interval = Math.max(1, SECOND / rate);
        this.depth = interval * burst;
    }

    /** Takes one token, where there is one. */
    public boolean take(long now) {
        long after = Math.max(fullAt, now) + interval;
        if (after - now > depth) {
            return false;
        }
        fullAt = after;
        return true;
    }

    /** Takes tokens whether they are there or not: what is missing has to come in before the next one is given. */
    public void charge(long now, long tokens) {
        fullAt = Math.max(fullAt, now) + interval * tokens;
    }
}
