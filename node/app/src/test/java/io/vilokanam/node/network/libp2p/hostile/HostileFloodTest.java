package io.vilokanam.node.network.libp2p.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.NotificationSender;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.RequestProtocol;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.announce.AnnounceHandshake;
import io.vilokanam.node.network.announce.Roles;
import io.vilokanam.node.network.libp2p.Libp2pNetwork;
import io.vilokanam.node.network.libp2p.NetworkConfig;
import io.vilokanam.node.network.libp2p.swarm.SwarmLimits;
import io.vilokanam.node.network.libp2p.yamux.YamuxLimits;
import io.vilokanam.node.network.peerset.PeerSet;
import io.vilokanam.node.network.sync.BlockRequest;
import io.vilokanam.node.service.NodeProcess;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/**
 * A whole node with little memory, in a process of its own, and peers that flood it in every way at once. Were anything of it without
 * a bound, the node would end: it may not use more heap than it is given here.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class HostileFloodTest {

    private static final List<String> LITTLE_MEMORY = List.of("-Xmx96m", "-XX:MaxDirectMemorySize=64m",
            "-XX:+ExitOnOutOfMemoryError");
    private static final long RESIDENT_MAX = 450L << 20;
    private static final long WAIT_SECONDS = 60;
    private static final int SILENT_SOCKETS = 150;
    private static final int STREAMS = 20_000;
    private static final int SYN = 1;
    private static final int DATA = 0;
    private static final int WINDOW_UPDATE = 1;
    private static final int PING = 2;
    private static final Pattern RESULT = Pattern.compile("\"result\":\"(0x[0-9a-f]+)\"");

    private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private NodeProcess node;
    private Hash genesis;

    @BeforeEach
    void begin() throws Exception {
        node = NodeProcess.start(LITTLE_MEMORY, "--chain", "reference-local", "--alice");
        node.drainLog();
        Matcher hash = RESULT.matcher(node.call("chain_getBlockHash", "[0]"));
        assertTrue(hash.find());
        genesis = Hash.fromHex(hash.group(1).substring(2));
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : closing) {
            one.close();
        }
        node.close();
    }

    /** A peer that speaks libp2p well; what it says over it is the test's. */
    private final class Stranger implements NotificationListener, AutoCloseable {

        private final Libp2pNetwork network;
        private final Bytes handshake;
        private final NotificationSender announce;
        private final RequestSender sync;
        private final RequestSender state;
        private final RequestSender light;
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        Stranger(int seed, Hash chain) throws Exception {
            byte[] secret = new byte[32];
            secret[0] = (byte) seed;
            handshake = new AnnounceHandshake(Roles.FULL, new BlockRef(chain, 0), chain).encode();
            network = new Libp2pNetwork(new NetworkConfig(Ed25519KeyPair.fromSeed(secret),
                    new NetworkConfig.Platform(() -> System.nanoTime() / 1_000_000, new SecureRandom(),
                            (_, cause) -> faults.add(cause)),
                    List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), List.of(), List.of(),
                    List.of(Multiaddr.parse(node.address())), PeerSet.Config.DEFAULT,
                    ProtocolNames.of("/" + genesis.hex().substring(2) + "/kad"), "hostile/" + seed, true,
                    SwarmLimits.DEFAULT, YamuxLimits.DEFAULT));
            announce = network.register(NotificationProtocol.leading(name("block-announces/1"), 1024, 1 << 20), this);
            sync = requests("sync/2");
            state = requests("state/2");
            light = requests("light/2");
            network.start();
            closing.add(this);
        }

        private ProtocolNames name(String protocol) {
            return ProtocolNames.of("/" + genesis.hex().substring(2) + "/" + protocol);
        }

        private RequestSender requests(String protocol) {
            return network.register(new RequestProtocol(name(protocol), 2 << 20, 16 << 20, Duration.ofSeconds(30), 4),
                    RequestHandler.REFUSES_ALL);
        }

        PeerId target() throws Exception {
            return PeerId.parse(node.peerId());
        }

        void await(String expected) throws InterruptedException {
            assertEquals(expected, told.poll(WAIT_SECONDS, TimeUnit.SECONDS));
        }

        @Override
        public Bytes handshake(PeerId peer) {
            return handshake;
        }

        @Override
        public Verdict judge(PeerId peer, Bytes received, Direction direction) {
            return new Verdict.Accept(Slots.FULL);
        }

        @Override
        public void opened(PeerId peer, Bytes received, Direction direction) {
            told.add("opened");
        }

        @Override
        public void received(PeerId peer, Bytes message) {
            // The node may announce its blocks.
        }

        @Override
        public void closed(PeerId peer) {
            told.add("closed");
        }

        @Override
        public void close() {
            network.close();
        }
    }

    private RequestOutcome ask(RequestSender sender, PeerId target, Bytes request) throws InterruptedException {
        BlockingQueue<RequestOutcome> outcomes = new LinkedBlockingQueue<>();
        sender.send(target, request, outcomes::add);
        RequestOutcome outcome = outcomes.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        assertTrue(outcome != null, "no outcome of a request");
        return outcome;
    }

    private RawPeer raw() throws Exception {
        RawPeer peer = new RawPeer(node.port());
        closing.add(peer);
        return peer;
    }

    private void assertAnswersWithinItsMemory() throws Exception {
        assertTrue(node.isAlive());
        assertTrue(node.call("system_health", "[]").contains("\"peers\":"));
        assertTrue(node.resident() < RESIDENT_MAX, "resident: " + node.resident());
        assertNull(faults.poll());
    }

    private void assertServes(Stranger honest) throws Exception {
        Bytes request = BlockRequest.of(BlockRequest.HEADER, new BlockRequest.From.ByNumber(0),
                BlockRequest.Direction.ASCENDING, 1).encode();
        assertEquals(RequestOutcome.Answered.class, ask(honest.sync, honest.target(), request).getClass());
    }

    @Test
    void staysItselfWhileManyFloodIt() throws Exception {
        Stranger honest = new Stranger(1, genesis);
        honest.await("opened");

        for (int i = 0; i < SILENT_SOCKETS; i++) {
            Socket silent = new Socket(InetAddress.getLoopbackAddress(), node.port());
            closing.add(silent);
            try {
                silent.getOutputStream().write("\u0013/multistream/1.0.0\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                assertTrue(i > 0, "those beyond the limit are closed at once");
            }
        }
        assertAnswersWithinItsMemory();

        Stranger foreign = new Stranger(2, Hash.fromHex("aa".repeat(32)));
        Stranger spammer = new Stranger(3, genesis);
        spammer.await("opened");
        byte[] nonsense = new byte[900_000];
        nonsense[0] = (byte) 0xff;
        for (int i = 0; i < 400; i++) {
            spammer.announce.send(spammer.target(), Bytes.wrap(nonsense));
        }
        spammer.await("closed");
        assertAnswersWithinItsMemory();

        Stranger asker = new Stranger(4, genesis);
        asker.await("opened");
        byte[] invalid = new byte[1_000_000];
        for (int i = 0; i < 150; i++) {
            invalid[0] = (byte) (0xf0 | i);
            for (RequestSender sender : List.of(asker.sync, asker.state, asker.light)) {
                assertEquals(RequestOutcome.Failed.class,
                        ask(sender, asker.target(), Bytes.wrap(invalid.clone())).getClass());
            }
        }
        assertAnswersWithinItsMemory();

        assertServes(honest);
        String peers = node.call("system_peers", "[]");
        assertTrue(peers.contains(honest.network.localPeer().toString()));
        assertFalse(peers.contains(foreign.network.localPeer().toString()), "of another chain: " + peers);
    }

    @Test
    void cutsOffWhoBreaksTheRulesOfYamux() throws Exception {
        Stranger honest = new Stranger(1, genesis);
        honest.await("opened");

        RawPeer wide = raw();
        wide.write(RawPeer.header(WINDOW_UPDATE, SYN, 1, 0));
        attempt(() -> wide.write(RawPeer.header(DATA, 0, 1, Integer.MAX_VALUE)));
        assertTrue(wide.isEnded(), "a frame of two gigabytes");

        RawPeer greedy = raw();
        greedy.write(RawPeer.header(WINDOW_UPDATE, SYN, 1, 0));
        attempt(() -> {
            byte[] body = new byte[200 << 10];
            for (int i = 0; i < 20; i++) {
                greedy.write(RawPeer.header(DATA, 0, 1, body.length));
                greedy.write(body);
            }
        });
        assertTrue(greedy.isEnded(), "more than the window");

        RawPeer deaf = raw();
        attempt(() -> {
            for (int i = 0; i < 2_000_000; i++) {
                deaf.write(RawPeer.header(PING, SYN, 0, i));
            }
        });
        assertTrue(deaf.isEnded(), "pings without reading what comes back");

        RawPeer garbled = raw();
        attempt(() -> garbled
                .writePlain(new byte[]{0, 32, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
                        19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32}));
        assertTrue(garbled.isEnded(), "bytes that no key sealed");

        RawPeer many = raw();
        attempt(() -> {
            for (int i = 0; i < STREAMS; i++) {
                many.write(RawPeer.header(WINDOW_UPDATE, SYN, 2 * i + 1, 0));
            }
        });
        assertAnswersWithinItsMemory();
        assertServes(honest);
        assertTrue(node.call("system_peers", "[]").contains(honest.network.localPeer().toString()));
    }

    /** What may fail because the node has closed the connection already. */
    private static void attempt(Runnable writing) {
        try {
            writing.run();
        } catch (UncheckedIOException closed) {
            assertTrue(closed.getCause() instanceof IOException);
        }
    }
}
