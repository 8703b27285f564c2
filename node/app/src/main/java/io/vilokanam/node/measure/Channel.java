package io.vilokanam.node.measure;

import java.util.concurrent.atomic.LongAdder;

/** Counts what goes into a queue and comes out of it. Safe for several threads. */
public final class Channel {

    private final String name;
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();

    /** {@code name} is what stock nodes call the channel that does the same there, where one does. */
    public Channel(String name) {
        this.name = name;
    }

    public void send() {
        sent.increment();
    }

    public void receive() {
        received.increment();
    }

    /** Registers the series that stock nodes have of their channels. */
    public void register(Measures measures) {
        measures.counter("substrate_unbounded_channel_len", sent::sum, "action", "send", "entity", name);
        measures.counter("substrate_unbounded_channel_len", received::sum, "action", "received", "entity", name);
        measures.gauge("substrate_unbounded_channel_size", () -> Math.max(0, sent.sum() - received.sum()), "entity",
                name);
    }
}
