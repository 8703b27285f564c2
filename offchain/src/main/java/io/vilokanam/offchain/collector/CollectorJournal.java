package io.vilokanam.offchain.collector;

import java.time.Duration;

/** Writes the collector's changes to the local store, at least once a second. */
public final class CollectorJournal {

    private static final Duration PERIOD = Duration.ofMillis(900);
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);

    private final TickCollector collector;

    public CollectorJournal(TickCollector collector) {
        this.collector = collector;
    }

    /** Goes on until it is interrupted, or the store cannot be written: words would be lost from then on. */
    public void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            Duration left = PERIOD.minus(collector.flushTime());
            Thread.sleep(left.compareTo(PAUSE_MIN) > 0 ? left : PAUSE_MIN);
            collector.flush();
        }
    }
}
