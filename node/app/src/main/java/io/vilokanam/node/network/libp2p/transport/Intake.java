package io.vilokanam.node.network.libp2p.transport;

/** Bytes that may come in a second: a bucket that holds a second's worth, and may be overdrawn once. Belongs to one thread. */
final class Intake {

    private static final long MILLIS = 1_000;

    private final long perSecond;
    private long left;
    private long filledAt;

    Intake(long perSecond, long nowMillis) {
        this.perSecond = perSecond;
        this.left = perSecond;
        this.filledAt = nowMillis;
    }

    /** Bytes have come; for so many milliseconds no more should. */
    long take(int bytes, long nowMillis) {
        // A bucket is full after a second, and one that was overdrawn by a read after little more.
        long passed = Math.clamp(nowMillis - filledAt, 0, MILLIS * MILLIS);
        left = Math.min(perSecond, left + passed * perSecond / MILLIS);
        filledAt = nowMillis;
        left -= bytes;
        return left >= 0 ? 0 : Math.ceilDiv(-left * MILLIS, perSecond);
    }
}
