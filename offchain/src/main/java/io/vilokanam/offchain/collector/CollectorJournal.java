package io.vilokanam.offchain.collector;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the collector's changes to the local store once a second, and a last time when it is closed. */
public final class CollectorJournal implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(900);
    private static final Logger LOG = LoggerFactory.getLogger(CollectorJournal.class);

    private final TickCollector collector;
    private final Runnable onFailure;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("tick-journal").daemon().factory());

    /** {@code onFailure} is told when the store cannot be written: words would be lost from then on. */
    public CollectorJournal(TickCollector collector, Runnable onFailure) {
        this.collector = collector;
        this.onFailure = onFailure;
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::flush, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void flush() {
        try {
            collector.flush();
        } catch (RuntimeException e) {
            LOG.error("words of viewers cannot be written", e);
            onFailure.run();
        }
    }

    @Override
    public void close() {
        timer.close();
        flush();
    }
}
