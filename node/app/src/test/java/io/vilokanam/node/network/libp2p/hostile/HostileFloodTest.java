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

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.announce.BlockAnnounce;
import io.vilokanam.node.network.libp2p.Stranger;
import io.vilokanam.node.network.sync.BlockRequest;
import io.vilokanam.node.service.NodeProcess;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
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
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SILENT_SOCKETS = 150;
    private static final int STREAMS = 20_000;
    private static final int ANNOUNCEMENTS = 20_000;
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

    private Stranger stranger(int seed, Hash chain) throws Exception {
        Stranger stranger = new Stranger(seed, Multiaddr.parse(node.address()), "/" + genesis.hex().substring(2), chain,
                PATIENCE, faults);
        closing.add(stranger);
        return stranger;
    }

    private RawPeer raw() throws Exception {
        return raw(new RawPeer(node.port()));
    }

    private RawPeer raw(RawPeer peer) {
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
        assertEquals(RequestOutcome.Answered.class, honest.ask(honest.sync(), request).getClass());
    }

    @Test
    void staysItselfWhileManyFloodIt() throws Exception {
        Stranger honest = stranger(1, genesis);
        honest.awaitOpened();

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

        Stranger foreign = stranger(2, Hash.fromHex("aa".repeat(32)));
        Stranger spammer = stranger(3, genesis);
        spammer.awaitOpened();
        byte[] nonsense = new byte[900_000];
        nonsense[0] = (byte) 0xff;
        for (int i = 0; i < 400; i++) {
            spammer.announce(Bytes.wrap(nonsense));
        }
        spammer.awaitClosed();
        assertAnswersWithinItsMemory();

        Stranger herald = stranger(5, genesis);
        herald.awaitOpened();
        for (int i = 0; i < ANNOUNCEMENTS; i++) {
            herald.announce(
                    new BlockAnnounce(new Header(genesis, 1 + i, genesis, genesis, Digest.EMPTY), true).encode());
        }
        herald.awaitClosed();
        assertAnswersWithinItsMemory();

        Stranger asker = stranger(4, genesis);
        asker.awaitOpened();
        byte[] invalid = new byte[1_000_000];
        for (int i = 0; i < 30; i++) {
            invalid[0] = (byte) (0xf0 | i);
            for (RequestSender sender : List.of(asker.sync(), asker.state(), asker.light())) {
                assertEquals(RequestOutcome.Failed.class,
                        asker.ask(sender, Bytes.wrap(invalid.clone())).getClass());
            }
        }
        asker.awaitClosed();
        assertAnswersWithinItsMemory();

        assertServes(honest);
        String peers = node.call("system_peers", "[]");
        assertTrue(peers.contains(honest.id().toString()));
        assertFalse(peers.contains(foreign.id().toString()), "of another chain: " + peers);
    }

    @Test
    void cutsOffWhoBreaksTheRulesOfYamux() throws Exception {
        Stranger honest = stranger(1, genesis);
        honest.awaitOpened();

        RawPeer wide = raw();
        wide.write(RawPeer.header(WINDOW_UPDATE, SYN, 1, 0));
        attempt(() -> wide.write(RawPeer.header(DATA, 0, 1, Integer.MAX_VALUE)));
        assertTrue(wide.isEnded(), "a frame of two gigabytes");

        Ed25519KeyPair known = Ed25519KeyPair.fromSeed(new byte[32]);
        RawPeer greedy = raw(new RawPeer(node.port(), known));
        greedy.write(RawPeer.header(WINDOW_UPDATE, SYN, 1, 0));
        attempt(() -> {
            byte[] body = new byte[200 << 10];
            for (int i = 0; i < 20; i++) {
                greedy.write(RawPeer.header(DATA, 0, 1, body.length));
                greedy.write(body);
            }
        });
        assertTrue(greedy.isEnded(), "more than the window");

        for (int i = 0; i < 2; i++) {
            RawPeer again = raw(new RawPeer(node.port(), known));
            again.write(RawPeer.header(DATA, SYN, 1, -1));
            assertTrue(again.isEnded(), "a frame of four gigabytes");
        }
        assertTrue(raw(new RawPeer(node.port(), known)).isEnded(), "who broke the rules three times is banned");

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
        assertTrue(many.isEnded(), "streams beyond the limit, again and again");
        assertAnswersWithinItsMemory();
        assertServes(honest);
        assertTrue(node.call("system_peers", "[]").contains(honest.id().toString()));
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
