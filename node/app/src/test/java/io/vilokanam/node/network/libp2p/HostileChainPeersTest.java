package io.vilokanam.node.network.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.RecordedChains;
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
import io.vilokanam.node.network.announce.AnnounceListener;
import io.vilokanam.node.network.announce.AnnounceProtocol;
import io.vilokanam.node.network.announce.Roles;
import io.vilokanam.node.network.libp2p.swarm.SwarmLimits;
import io.vilokanam.node.network.libp2p.yamux.YamuxLimits;
import io.vilokanam.node.network.peerset.PeerSet;
import io.vilokanam.node.network.sync.BlockRequest;
import io.vilokanam.node.network.sync.BlockServer;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

/** Peers that speak libp2p well and the chain's protocols badly: cut off, while an honest one stays. */
class HostileChainPeersTest {

    private static final long WAIT_SECONDS = 20;
    private static final ProtocolNames ANNOUNCES = ProtocolNames.of("/test/block-announces/1");
    private static final RequestProtocol SYNC = new RequestProtocol(ProtocolNames.of("/test/sync/2"),
            BlockRequest.BYTES_MAX,
            16 << 20, Duration.ofSeconds(10), 4);

    private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private ChainCore core;
    private Libp2pNetwork node;
    private AnnounceProtocol announces;
    private Stranger honest;
    private Stranger hostile;

    /** A network of a peer, with a handshake as the test wants it. */
    private final class Stranger implements NotificationListener {

        private final Bytes handshake;
        private final Libp2pNetwork network;
        private final NotificationSender announce;
        private final RequestSender sync;
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        Stranger(int seed, Hash genesis) throws Exception {
            handshake = new AnnounceHandshake(Roles.FULL, new BlockRef(genesis, 0), genesis).encode();
            network = network(seed);
            announce = network.register(NotificationProtocol.leading(ANNOUNCES, 1024, 1 << 20), this);
            sync = network.register(SYNC, RequestHandler.REFUSES_ALL);
            network.start();
            network.reserve(node.localPeer(), List.of(node.listenAddresses().getFirst().withPeer(node.localPeer())));
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
            told.add("received");
        }

        @Override
        public void closed(PeerId peer) {
            told.add("closed");
        }
    }

    private Libp2pNetwork network(int seed) throws Exception {
        byte[] secret = new byte[32];
        secret[0] = (byte) seed;
        return new Libp2pNetwork(new NetworkConfig(Ed25519KeyPair.fromSeed(secret),
                new NetworkConfig.Platform(() -> System.nanoTime() / 1_000_000, new SecureRandom(),
                        (_, cause) -> faults.add(cause)),
                List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), List.of(), List.of(), List.of(),
                PeerSet.Config.DEFAULT,
                ProtocolNames.of("/test/kad"), "test/0 (" + seed + ")", true, SwarmLimits.DEFAULT,
                YamuxLimits.DEFAULT));
    }

    @BeforeEach
    void begin() throws Exception {
        core = RecordedChains.open("local.raw.json");
        core.importer().importBlock(IncomingBlock.of(
                RecordedChains.blocks("network.blocks").getFirst(), BlockOrigin.FILE));
        node = network(1);
        announces = new AnnounceProtocol(core.chain(), Roles.FULL, () -> false, new AnnounceListener() {
            @Override
            public void connected(PeerId peer, Roles roles, BlockRef best) {
                heard.add("connected " + peer);
            }

            @Override
            public void disconnected(PeerId peer) {
                heard.add("disconnected " + peer);
            }

            @Override
            public void announced(PeerId peer, Header header, boolean isBest) {
                heard.add("announced " + peer);
            }
        });
        announces.register(node, ANNOUNCES);
        node.register(SYNC, new BlockServer(core.chain(), node::report));
        node.start();
        honest = new Stranger(2, core.chain().genesis());
        honest.await("opened");
        assertEquals("connected " + honest.network.localPeer(), heard.poll(WAIT_SECONDS, TimeUnit.SECONDS));
    }

    @AfterEach
    void end() {
        if (hostile != null) {
            hostile.network.close();
        }
        honest.network.close();
        node.close();
        core.close();
    }

    private void assertThatTheHonestStays() throws InterruptedException {
        assertTrue(announces.peers().containsKey(honest.network.localPeer()));
        assertEquals(RequestOutcome.Answered.class, ask(honest, request(BlockRequest.HEADER)).getClass());
        assertNull(faults.poll());
    }

    private static Bytes request(int parts) {
        return BlockRequest.of(parts, new BlockRequest.From.ByNumber(1), BlockRequest.Direction.ASCENDING, 1).encode();
    }

    private RequestOutcome ask(Stranger peer, Bytes request) throws InterruptedException {
        BlockingQueue<RequestOutcome> outcomes = new LinkedBlockingQueue<>();
        peer.sync.send(node.localPeer(), request, outcomes::add);
        RequestOutcome outcome = outcomes.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        assertNotNull(outcome);
        return outcome;
    }

    private void enter() throws Exception {
        hostile = new Stranger(3, core.chain().genesis());
        hostile.await("opened");
        assertEquals("connected " + hostile.network.localPeer(), heard.poll(WAIT_SECONDS, TimeUnit.SECONDS));
    }

    private void assertCutOff() throws InterruptedException {
        assertEquals("disconnected " + hostile.network.localPeer(), heard.poll(WAIT_SECONDS, TimeUnit.SECONDS));
        hostile.await("closed");
        assertFalse(announces.peers().containsKey(hostile.network.localPeer()));
    }

    @Test
    void whoIsOfAnotherGenesisNeverBecomesAPeer() throws Exception {
        hostile = new Stranger(3, Hash.fromHex("aa".repeat(32)));
        assertNull(heard.poll(2, TimeUnit.SECONDS));
        assertFalse(announces.peers().containsKey(hostile.network.localPeer()));
        assertThatTheHonestStays();
    }

    @Test
    void whoFloodsWithAnnouncementsThatAreNoneIsCutOff() throws Exception {
        enter();
        for (int i = 0; i < 1_000; i++) {
            hostile.announce.send(node.localPeer(), Bytes.fromHex("ff".repeat(1 + i)));
        }
        assertCutOff();
        assertThatTheHonestStays();
    }

    @Test
    void whoAsksForTheSameBodiesAgainAndAgainIsBanned() throws Exception {
        enter();
        Bytes request = request(BlockRequest.HEADER | BlockRequest.BODY);
        assertEquals(RequestOutcome.Answered.class, ask(hostile, request).getClass());
        assertEquals(RequestOutcome.Answered.class, ask(hostile, request).getClass());
        assertEquals(RequestOutcome.Answered.class, ask(hostile, request).getClass());
        assertEquals(RequestOutcome.Failed.class, ask(hostile, request).getClass());
        assertCutOff();
        assertThatTheHonestStays();
    }

    @Test
    void requestsThatAreNoneAreRefusedHoweverMany() throws Exception {
        enter();
        for (int i = 0; i < 200; i++) {
            assertEquals(RequestOutcome.Failed.class,
                    ask(hostile, Bytes.wrap(new byte[]{(byte) 0xff, (byte) i})).getClass());
        }
        assertThatTheHonestStays();
    }
}
