package io.vilokanam.node.network.libp2p.identify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.Varint;
import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.Loop;
import io.vilokanam.node.network.libp2p.connection.Opening;
import io.vilokanam.node.network.libp2p.swarm.StreamProtocol;
import io.vilokanam.node.network.libp2p.swarm.SwarmObserver;
import io.vilokanam.node.network.libp2p.wire.FrameException;
import io.vilokanam.node.network.libp2p.wire.FrameReader;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;
import io.vilokanam.node.network.protobuf.ProtobufException;

/** {@code /ipfs/id/1.0.0}: whoever opens a stream is told who is at its other end. */
public final class IdentifyService implements StreamProtocol, SwarmObserver {

    private static final List<String> NAMES = List.of("/ipfs/id/1.0.0");
    /** The longest message that is read. litep2p reads no longer one than half of this. */
    private static final int MESSAGE_BYTES_MAX = 8 << 10;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final Loop loop;
    private final Function<Multiaddr, Identity> own;
    private final BiConsumer<Connection, Identity> identified;

    /**
     * @param own who this node is, for a peer that is seen at this address
     * @param identified is told who a peer says it is
     */
    public IdentifyService(Loop loop, Function<Multiaddr, Identity> own, BiConsumer<Connection, Identity> identified) {
        this.loop = loop;
        this.own = own;
        this.identified = identified;
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public void accepted(Connection connection, YamuxStream stream) {
        Loop.Timer timer = loop.after(ANSWER_MAX, stream::reset);
        stream.listen(_ -> {
            if (stream.remote() != YamuxStream.Remote.OPEN) {
                timer.cancel();
            }
        });
        stream.write(Varint.framed(own.apply(connection.origin().address()).encode()));
        stream.close();
    }

    @Override
    public void opened(Connection connection) {
        connection.open(NAMES, opening -> {
            if (opening instanceof Opening.Open(var stream, _)) {
                stream.close();
                Loop.Timer timer = loop.after(ANSWER_MAX, stream::reset);
                FrameReader reader = new FrameReader(MESSAGE_BYTES_MAX);
                stream.listen(_ -> read(connection, stream, reader, timer));
                read(connection, stream, reader, timer);
            }
        });
    }

    private void read(Connection connection, YamuxStream stream, FrameReader reader, Loop.Timer timer) {
        try {
            Optional<byte[]> message = reader.next(stream.unread());
            if (message.isPresent()) {
                timer.cancel();
                stream.listen(_ -> {});
                Identity identity = Identity.decode(message.get());
                stream.reset();
                identified.accept(connection, identity);
            } else if (stream.remote() != YamuxStream.Remote.OPEN) {
                timer.cancel();
                stream.reset();
            }
        } catch (FrameException | ProtobufException e) {
            // Whoever cannot say who it is remains unknown; that alone is no reason to leave it.
            timer.cancel();
            stream.listen(_ -> {});
            stream.reset();
        }
    }
}
