package io.vilokanam.node.pool;

import java.time.Duration;

/**
 * How large the pool may grow and how long it remembers what it threw out.
 *
 * @param isAuthority whether this node authors: it then also takes transactions that may not be sent on
 */
public record PoolOptions(Limit ready, Limit future, Duration banTime, boolean isAuthority) {

    private static final int READY_COUNT = 8192;
    private static final int READY_KILOBYTES = 20480;
    private static final int FUTURE_SHARE = 10;

    /** The limits of a stock node. */
    public static PoolOptions stock(boolean isAuthority) {
        return of(READY_COUNT, READY_KILOBYTES, Duration.ofMinutes(30), isAuthority);
    }

    /** The limits that {@code --pool-limit} and {@code --pool-kbytes} set: a tenth of both for future ones (sc-cli). */
    public static PoolOptions of(int count, int kilobytes, Duration banTime, boolean isAuthority) {
        long bytes = kilobytes * 1024L;
        return new PoolOptions(new Limit(count, bytes), new Limit(count / FUTURE_SHARE, bytes / FUTURE_SHARE), banTime,
                isAuthority);
    }
}
