package io.vilokanam.node.network.libp2p.links;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

import io.vilokanam.node.network.address.Varint;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;
import io.vilokanam.scale.Bytes;

/** Messages that wait to be written to a peer. Belongs to the loop's thread but for what says otherwise. */
final class Outbox {

    /** What may wait, with what each message costs beside its bytes. A single message may be longer. */
    static final long QUEUED_BYTES_MAX = 8 << 20;
    private static final int COST_OF_MESSAGE = 256;
    /** What is handed to the stream ahead of time. */
    private static final int AHEAD_MAX = 64 << 10;

    private final YamuxStream stream;
    private final Queue<Bytes> queue = new ArrayDeque<>();
    private final AtomicLong queued = new AtomicLong();

    Outbox(YamuxStream stream) {
        this.stream = stream;
    }

    /** Whether there is room for the message, which is taken at once. May be called by any thread. */
    boolean reserve(Bytes message) {
        long cost = cost(message);
        long all = queued.addAndGet(cost);
        if (all > QUEUED_BYTES_MAX && all > cost) {
            queued.addAndGet(-cost);
            return false;
        }
        return true;
    }

    private static long cost(Bytes message) {
        return message.size() + COST_OF_MESSAGE;
    }

    void add(Bytes message) {
        queue.add(message);
        pump();
    }

    void pump() {
        while (!queue.isEmpty() && (stream.isClosed() || stream.unsentBytes() < AHEAD_MAX)) {
            Bytes next = queue.remove();
            queued.addAndGet(-cost(next));
            stream.write(Varint.framed(next.view()));
        }
    }
}
