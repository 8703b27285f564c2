package io.vilokanam.offchain.collector;

import java.time.Duration;

/** Writes the collector's changes to the local store, at least once a second. */
public final class CollectorJournal {

    private static final Duration PERIOD = Duration.ofMillis(900);

    private final TickCollector collector;

    public CollectorJournal(TickCollector collector) {
        this.collector = collector;
    }

    /** Goes on until it is interrupted, or the store cannot be written: words would be lost from then on. */
    public void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.sleep(PERIOD);
            collector.flush();
        }
    }
}
