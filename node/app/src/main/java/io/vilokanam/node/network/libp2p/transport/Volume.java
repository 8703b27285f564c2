package io.vilokanam.node.network.libp2p.transport;

import java.util.concurrent.atomic.AtomicLong;

/** Counts bytes. Written by the loop's thread, read by any. */
public final class Volume {

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    void received(int bytes) {
        received.addAndGet(bytes);
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
