package io.vilokanam.offchain.collector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;

/** Brings the collector's rows to the disk each second, beside the writing, so that a machine without power loses little more. */
public final class RowForcing {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PAUSE_MIN = Duration.ofMillis(200);

    private final FileRows rows;
    private final InstantSource clock;
    private volatile Duration took = Duration.ZERO;

    public RowForcing(FileRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** How long it took the last time. */
    public Duration took() {
        return took;
    }

    /** Goes on until it is interrupted, or the disk fails. A disk that is slow is waited for, and gets a pause. */
    public void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            Duration left = PERIOD.minus(took);
            Thread.sleep(left.compareTo(PAUSE_MIN) > 0 ? left : PAUSE_MIN);
            long begun = clock.millis();
            try {
                rows.force();
            } catch (IOException e) {
                throw new UncheckedIOException("the rows of the tick collector cannot be forced to the disk", e);
            }
            took = Duration.ofMillis(Math.max(0, clock.millis() - begun));
        }
    }
}
