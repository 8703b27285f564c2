package io.vilokanam.node.network.libp2p.connection;

import java.util.Optional;
import java.util.function.Consumer;

import io.vilokanam.node.network.libp2p.multistream.Negotiation;
import io.vilokanam.node.network.libp2p.multistream.NegotiationException;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;

/** Agreeing on the protocol of one stream, for as long as that may take. */
final class StreamNegotiation {

    private final YamuxStream stream;
    private final Negotiation negotiation;
    private final Consumer<Opening> receiver;
    private Loop.Timer timer = () -> {};
    private boolean isAdvancing;
    private boolean isOver;

    StreamNegotiation(YamuxStream stream, Negotiation negotiation, Consumer<Opening> receiver) {
        this.stream = stream;
        this.negotiation = negotiation;
        this.receiver = receiver;
    }

    void begin(Loop loop) {
        timer = loop.after(Connection.NEGOTIATION_MAX, () -> fail(new Opening.Failed()));
        stream.listen(_ -> advance());
    }

    private void advance() {
        // What is written here tells of its leaving from within; the turn that is under way reads all there is.
        if (isOver || isAdvancing) {
            return;
        }
        try {
            isAdvancing = true;
            Optional<Negotiation.Result> result = negotiation.advance(stream.unread(), stream::write);
            isAdvancing = false;
            if (result.isPresent()) {
                switch (result.get()) {
                    case Negotiation.Result.Agreed(var name) -> agree(name);
                    case Negotiation.Result.Refused() -> fail(new Opening.NotSupported());
                }
            } else if (stream.remote() != YamuxStream.Remote.OPEN) {
                fail(new Opening.Failed());
            }
        } catch (NegotiationException e) {
            // Of one stream only: bytes behind a refused name look like this too, so the connection goes on.
            fail(new Opening.Failed());
        }
    }

    private void agree(String name) {
        isOver = true;
        timer.cancel();
        stream.listen(_ -> {});
        receiver.accept(new Opening.Open(stream, name));
    }

    private void fail(Opening outcome) {
        if (!isOver) {
            isOver = true;
            timer.cancel();
            stream.reset();
            receiver.accept(outcome);
        }
    }
}
