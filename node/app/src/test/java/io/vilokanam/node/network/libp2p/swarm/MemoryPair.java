package io.vilokanam.node.network.libp2p.swarm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.ConnectionListener;
import io.vilokanam.node.network.libp2p.connection.ManualLoop;
import io.vilokanam.node.network.libp2p.connection.Opening;
import io.vilokanam.node.network.libp2p.connection.Wire;
import io.vilokanam.node.network.libp2p.yamux.YamuxLimits;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;

/**
 * A node's swarm and a peer of it that does what a test wants, over memory, on a loop whose time passes when the test says so. The peer
 * speaks every protocol; its streams are kept.
 */
public final class MemoryPair {

    public final ManualLoop loop = new ManualLoop();
    public final Swarm swarm;
    public final PeerId peer = id(2);
    /** Streams that the node has opened to the peer, after negotiation, with their protocols. */
    public final List<YamuxStream> accepted = new ArrayList<>();
    public final List<String> protocols = new ArrayList<>();
    public Connection ofPeer;
    private Connection ofNode;
    private final MemoryWire toPeer = new MemoryWire(() -> ofPeer);
    private final MemoryWire toNode = new MemoryWire(() -> ofNode);

    public MemoryPair() {
        swarm = new Swarm(setup(1), SwarmLimits.DEFAULT, (_, _, _) -> {}, _ -> false);
    }

    private Connection.Setup setup(int seed) {
        return new Connection.Setup(identity(seed), new Random(seed), loop, YamuxLimits.DEFAULT);
    }

    /** Connects them; to be called once the swarm has its protocols. */
    public MemoryPair connect() {
        ofNode = swarm.incoming(address(), toPeer);
        ofPeer = new Connection(setup(2), new Connection.Origin(Direction.OUTBOUND, address(), Optional.empty()),
                toNode, new Peer());
        ofNode.start();
        ofPeer.start();
        loop.run();
        return this;
    }

    /** Opens a stream of the peer to the node, which has to agree. */
    public YamuxStream open(String protocol) {
        List<YamuxStream> opened = new ArrayList<>();
        ofPeer.open(List.of(protocol), opening -> {
            if (opening instanceof Opening.Open(var stream, _)) {
                opened.add(stream);
            }
        });
        loop.run();
        return opened.getFirst();
    }

    public void pass(Duration duration) {
        loop.pass(duration);
    }

    private static Multiaddr address() {
        try {
            return Multiaddr.parse("/ip4/127.0.0.1/tcp/1");
        } catch (AddressException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Ed25519KeyPair identity(int seed) {
        byte[] secret = new byte[32];
        secret[0] = (byte) seed;
        return Ed25519KeyPair.fromSeed(secret);
    }

    private static PeerId id(int seed) {
        return PeerId.ofEd25519(identity(seed).publicKey());
    }

    /** Delivers what is written in the loop's next turn. */
    private final class MemoryWire implements Wire {

        private final Supplier<Connection> other;

        MemoryWire(Supplier<Connection> other) {
            this.other = other;
        }

        @Override
        public void write(byte[] bytes) {
            later(connection -> connection.received(bytes));
        }

        @Override
        public void close() {
            later(connection -> connection.lost("closed by the other side"));
        }

        private void later(Consumer<Connection> what) {
            loop.execute(() -> what.accept(other.get()));
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public long pendingBytes() {
            return 0;
        }
    }

    private final class Peer implements ConnectionListener {

        @Override
        public void opened(Connection connection) {
            protocols.add("opened");
        }

        @Override
        public boolean isSpoken(String protocol) {
            return true;
        }

        @Override
        public void accepted(Connection connection, YamuxStream stream, String protocol) {
            accepted.add(stream);
            protocols.add(protocol);
        }

        @Override
        public void broke(Connection connection) {
            protocols.add("broke the rules");
        }

        @Override
        public void ended(Connection connection, String reason) {
            protocols.add("ended: " + reason);
        }
    }
}
