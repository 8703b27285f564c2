package io.vilokanam.node.network.libp2p.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.wire.ByteQueue;
import io.vilokanam.node.network.libp2p.yamux.YamuxLimits;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

class ConnectionTest {

    private static final Ed25519KeyPair ONE = identity(1);
    private static final Ed25519KeyPair TWO = identity(2);

    /** One end, what it wrote, and what it was told. */
    private final class End implements Wire, ConnectionListener {

        final ByteQueue out = new ByteQueue();
        final List<String> told = new ArrayList<>();
        final List<YamuxStream> streams = new ArrayList<>();
        boolean isClosed;
        Connection connection;

        End begin(Ed25519KeyPair identity, Direction direction, Optional<PeerId> expected) throws AddressException {
            connection = new Connection(new Connection.Setup(identity, new Random(7), loop, YamuxLimits.DEFAULT),
                    new Connection.Origin(direction, Multiaddr.parse("/ip4/127.0.0.1/tcp/1"), expected), this, this);
            connection.start();
            return this;
        }

        @Override
        public void write(byte[] bytes) {
            out.add(bytes, 0, bytes.length);
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public long pendingBytes() {
            return 0;
        }

        @Override
        public void close() {
            isClosed = true;
        }

        @Override
        public void opened(Connection some) {
            told.add("opened " + some.peer());
        }

        @Override
        public boolean isSpoken(String protocol) {
            return Set.of("/echo/1", "/old/1").contains(protocol);
        }

        @Override
        public void accepted(Connection some, YamuxStream stream, String protocol) {
            told.add("accepted " + protocol);
            streams.add(stream);
        }

        @Override
        public void broke(Connection some) {
            told.add("broke the rules");
        }

        @Override
        public void ended(Connection some, String reason) {
            told.add("ended: " + reason);
        }
    }

    private final ManualLoop loop = new ManualLoop();
    private final End dialer = new End();
    private final End listener = new End();
    private Random cuts = new Random(0);

    @BeforeEach
    void begin() throws AddressException {
        dialer.begin(ONE, Direction.OUTBOUND, Optional.of(PeerId.ofEd25519(TWO.publicKey())));
        listener.begin(TWO, Direction.INBOUND, Optional.empty());
    }

    private void pass() {
        while (!dialer.out.isEmpty() || !listener.out.isEmpty()) {
            listener.connection.received(dialer.out.take(cuts.nextInt(dialer.out.size() + 1)));
            dialer.connection.received(listener.out.take(cuts.nextInt(listener.out.size() + 1)));
        }
    }

    @SeededTest(runs = 20)
    void bothEndsLearnWhoTheOtherIsHoweverBytesAreCut(long seed) {
        cuts = new Random(seed);
        pass();
        assertEquals(List.of("opened " + PeerId.ofEd25519(TWO.publicKey())), dialer.told);
        assertEquals(List.of("opened " + PeerId.ofEd25519(ONE.publicKey())), listener.told);
    }

    @Test
    void streamsAreNegotiatedByTheFirstNameThatIsKnown() {
        pass();
        List<Opening> openings = new ArrayList<>();
        dialer.connection.open(List.of("/new/1", "/old/1"), openings::add);
        pass();
        dialer.connection.open(List.of("/new/1"), openings::add);
        pass();
        assertEquals("accepted /old/1", listener.told.getLast());
        assertEquals(2, openings.size());
        Opening.Open open = (Opening.Open) openings.get(0);
        assertEquals("/old/1", open.protocol());
        assertEquals(new Opening.NotSupported(), openings.get(1));
        open.stream().write(new byte[]{5, 6});
        pass();
        assertEquals("0x0506", Bytes.hex(listener.streams.getFirst().unread().takeAll()));
        assertEquals(1, dialer.connection.streamCount());
    }

    @Test
    void whoIsNotTheOneThatWasDialledIsLeft() throws AddressException {
        End other = new End().begin(ONE, Direction.OUTBOUND, Optional.of(PeerId.ofEd25519(identity(3).publicKey())));
        for (int i = 0; i < 10; i++) {
            listener.connection.received(other.out.takeAll());
            other.connection.received(listener.out.takeAll());
        }
        assertTrue(other.isClosed);
        assertTrue(other.told.getFirst().startsWith("ended: the other end is " + PeerId.ofEd25519(TWO.publicKey())));
    }

    @Test
    void oneselfIsLeft() throws AddressException {
        End self = new End().begin(TWO, Direction.OUTBOUND, Optional.empty());
        for (int i = 0; i < 10; i++) {
            listener.connection.received(self.out.takeAll());
            self.connection.received(listener.out.takeAll());
        }
        assertTrue(self.told.contains("ended: the other end is this node itself"));
    }

    @Test
    void whoSaysNothingIsLeftAfterTenSeconds() {
        loop.pass(Connection.SETUP_MAX);
        assertEquals(List.of("ended: no streams within 10 s"), listener.told);
        assertTrue(listener.isClosed);
    }

    @Test
    void aStreamThatNegotiatesNothingIsReset() {
        pass();
        List<Opening> openings = new ArrayList<>();
        dialer.connection.open(List.of("/echo/1"), openings::add);
        dialer.out.clear();
        loop.pass(Connection.NEGOTIATION_MAX);
        assertEquals(List.of(new Opening.Failed()), openings);
        assertEquals(0, dialer.connection.streamCount());
    }

    @Test
    void garbageEndsTheConnectionWhereverItStands() {
        listener.connection.received("GET / HTTP/1.1\r\n".repeat(10).getBytes(StandardCharsets.US_ASCII));
        assertTrue(listener.isClosed);
        cuts = new Random(3);
        dialer.connection.received(new byte[300]);
        assertTrue(dialer.isClosed);
        assertFalse(dialer.connection.isOpen());
    }

    @Test
    void theLossOfTheWireEndsAllStreams() {
        pass();
        List<Opening> openings = new ArrayList<>();
        dialer.connection.open(List.of("/echo/1"), openings::add);
        pass();
        dialer.connection.lost("closed by the other side");
        assertEquals("ended: closed by the other side", dialer.told.getLast());
        assertEquals(YamuxStream.Remote.RESET, ((Opening.Open) openings.getFirst()).stream().remote());
        dialer.connection.lost("again");
        assertEquals(2, dialer.told.size());
        dialer.connection.open(List.of("/echo/1"), openings::add);
        assertEquals(new Opening.Failed(), openings.getLast());
    }

    private static Ed25519KeyPair identity(int last) {
        byte[] seed = new byte[32];
        seed[31] = (byte) last;
        return Ed25519KeyPair.fromSeed(seed);
    }
}
