package io.vilokanam.node.network.libp2p.transport;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Counts bytes, and says when too many come. Written by the loop's thread, its counts read by any. */
public final class Volume {

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final VolumeLimits limits;
    private final LongSupplier millis;
    private final Intake all;

    Volume(VolumeLimits limits, LongSupplier millis) {
        this.limits = limits;
        this.millis = millis;
        this.all = new Intake(limits.allBytes(), millis.getAsLong());
    }

    /** The part of one connection. */
    Intake ofConnection() {
        return new Intake(limits.connectionBytes(), millis.getAsLong());
    }

    /** Bytes have come on a connection; for so many milliseconds it should not be read. */
    long received(int bytes, Intake connection) {
        received.addAndGet(bytes);
        long now = millis.getAsLong();
        return Math.max(connection.take(bytes, now), all.take(bytes, now));
    }

    void sent(int bytes) {
        sent.addAndGet(bytes);
    }

    public long received() {
        return received.get();
    }

    public long sent() {
        return sent.get();
    }
}
