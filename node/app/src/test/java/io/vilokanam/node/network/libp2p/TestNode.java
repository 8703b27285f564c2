package io.vilokanam.node.network.libp2p;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.NotificationSender;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.RequestProtocol;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.scale.Bytes;

/** A network on loopback with a leading and a following protocol and one of requests, and what it was told. */
final class TestNode implements AutoCloseable {

    static final int MESSAGE_MAX = 1 << 20;
    private static final long WAIT_SECONDS = 20;

    /** What a protocol was told. */
    sealed interface Told {

        PeerId peer();

        record Opened(PeerId peer, Bytes handshake, Direction direction) implements Told {}

        record Received(PeerId peer, Bytes message) implements Told {}

        record Closed(PeerId peer) implements Told {}
    }

    final Libp2pNetwork network;
    final BlockingQueue<Told> leading = new LinkedBlockingQueue<>();
    final BlockingQueue<Told> following = new LinkedBlockingQueue<>();
    final NotificationSender announce;
    final NotificationSender gossip;
    final RequestSender ask;
    final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    volatile Bytes handshake = Bytes.ascii("hello");

    TestNode(int seed, RequestHandler handler, UnaryOperator<NetworkConfig> change) throws Exception {
        network = new Libp2pNetwork(change.apply(LoopbackConfig.of(seed, "/test", faults)));
        announce = network
                .register(NotificationProtocol.leading(ProtocolNames.of("/test/announce/1", "/old/announce/1"), 1024,
                        MESSAGE_MAX), new Listener(leading));
        gossip = network.register(NotificationProtocol.following(ProtocolNames.of("/test/gossip/1"), 1024, MESSAGE_MAX),
                new Listener(following));
        ask = network.register(
                new RequestProtocol(ProtocolNames.of("/test/ask/1"), 1 << 10, 8 << 20, Duration.ofSeconds(10), 4),
                handler);
        network.start();
    }

    PeerId id() {
        return network.localPeer();
    }

    Multiaddr address() {
        return network.listenAddresses().getFirst().withPeer(id());
    }

    static <T extends Told> T await(BlockingQueue<Told> queue, Class<T> kind) throws InterruptedException {
        Told told = queue.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (!kind.isInstance(told)) {
            throw new AssertionError("expected " + kind.getSimpleName() + ", got " + Optional.ofNullable(told));
        }
        return kind.cast(told);
    }

    private final class Listener implements NotificationListener {

        private final BlockingQueue<Told> told;

        Listener(BlockingQueue<Told> told) {
            this.told = told;
        }

        @Override
        public Bytes handshake(PeerId peer) {
            return handshake;
        }

        @Override
        public Verdict judge(PeerId peer, Bytes received, Direction direction) {
            return received.equals(Bytes.ascii("wrong")) ? new Verdict.Refuse(ReputationChange.fatal("wrong chain"))
                    : new Verdict.Accept(Slots.FULL);
        }

        @Override
        public void opened(PeerId peer, Bytes received, Direction direction) {
            told.add(new Told.Opened(peer, received, direction));
        }

        @Override
        public void received(PeerId peer, Bytes message) {
            told.add(new Told.Received(peer, message));
        }

        @Override
        public void closed(PeerId peer) {
            told.add(new Told.Closed(peer));
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
