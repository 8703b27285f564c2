package io.vilokanam.node.network.libp2p.links;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.libp2p.wire.FrameException;
import io.vilokanam.node.network.libp2p.wire.FrameReader;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;
import io.vilokanam.scale.Bytes;

/**
 * Messages of a peer on their way to the listener. As long as the listener has too much of this peer before it, nothing more is
 * read, so the stream's window closes. Belongs to the loop's thread but for what says otherwise.
 */
final class Inbox {

    private static final int COST_OF_MESSAGE = 256;

    private final Link link;
    private final YamuxStream stream;
    private final FrameReader reader;
    private final long unheardMax;
    private final AtomicLong unheard = new AtomicLong();
    private volatile boolean isPaused;
    private int collected;
    private boolean isOver;

    Inbox(Link link, YamuxStream stream, NotificationProtocol protocol) {
        this.link = link;
        this.stream = stream;
        this.reader = new FrameReader(protocol.messageBytesMax());
        this.unheardMax = protocol.queueBytesMax();
    }

    /** Nothing more is read. */
    void end() {
        isOver = true;
        link.set().collect(-collected);
        collected = 0;
    }

    void pump() {
        if (isOver) {
            return;
        }
        try {
            while (mayRead()) {
                Optional<byte[]> message = reader.next(stream.unread());
                int before = collected;
                collected = reader.collectedBytes();
                boolean isBearable = link.set().collect(collected - before);
                if (message.isEmpty()) {
                    stream.credit();
                    if (stream.remote() != YamuxStream.Remote.OPEN || !isBearable) {
                        link.close();
                    }
                    return;
                }
                if (message.get().length > 0) {
                    tell(Bytes.wrap(message.get()));
                }
            }
            stream.credit();
        } catch (FrameException e) {
            link.malformed(e);
        }
    }

    private boolean mayRead() {
        isPaused = unheard.get() >= unheardMax;
        // Asked again: the listener may have come to the end of it before it could see that somebody waits.
        return !isPaused || unheard.get() < unheardMax;
    }

    private void tell(Bytes message) {
        long cost = message.size() + COST_OF_MESSAGE;
        unheard.addAndGet(cost);
        link.set().told().execute(() -> {
            link.set().listener().received(link.peer(), message);
            heard(cost);
        });
    }

    /** On the protocol's thread. */
    private void heard(long cost) {
        long left = unheard.addAndGet(-cost);
        if (isPaused && left < unheardMax) {
            link.set().loop().execute(this::pump);
        }
    }
}
