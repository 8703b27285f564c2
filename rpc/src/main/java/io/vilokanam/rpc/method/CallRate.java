package io.vilokanam.rpc.method;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many calls one client may make: so many a minute, all of them at once if it waited that long before. A call that comes
 * too early waits for its turn, and is refused when others have taken that from it too often. Thread-safe.
 */
public final class CallRate {

    private static final int TRIES_MAX = 10;
    private static final long JITTER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Lets a call wait without holding up others. */
    @FunctionalInterface
    public interface Waiting {
        void waitFor(long nanos) throws InterruptedException;
    }

    /** What came of a call's wish to be made. */
    enum Turn {
        AT_ONCE, DELAYED, REFUSED
    }

    private final long interval;
    private final long burst;
    private final LongSupplier nanoTime;
    private final Waiting waiting;
    /** When the client would have used up all that it was allowed, were it to call no more. */
    private long usedUntil;

    public CallRate(int callsPerMinute, LongSupplier nanoTime, Waiting waiting) {
        this.interval = TimeUnit.MINUTES.toNanos(1) / callsPerMinute;
        this.burst = interval * (callsPerMinute - 1);
        this.nanoTime = nanoTime;
        this.waiting = waiting;
        this.usedUntil = nanoTime.getAsLong();
    }

    /** Waits for a turn. */
    Turn take() {
        try {
            for (int i = 0; i < TRIES_MAX; i++) {
                long wait = tryTake();
                if (wait == 0) {
                    return i == 0 ? Turn.AT_ONCE : Turn.DELAYED;
                }
                // Those that wait for the same moment do not all come at once.
                waiting.waitFor(wait + (nanoTime.getAsLong() * 31 & Long.MAX_VALUE) % JITTER_NANOS);
            }
        } catch (InterruptedException e) {
            // The server closes: nobody waits for the answer any more.
            Thread.currentThread().interrupt();
        }
        return Turn.REFUSED;
    }

    private synchronized long tryTake() {
        long now = nanoTime.getAsLong();
        long from = usedUntil - now > 0 ? usedUntil : now;
        long early = from - now - burst;
        if (early > 0) {
            return early;
        }
        usedUntil = from + interval;
        return 0;
    }
}
