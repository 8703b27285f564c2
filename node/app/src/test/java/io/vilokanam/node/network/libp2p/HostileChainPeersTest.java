package io.vilokanam.node.network.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.RequestProtocol;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.announce.AnnounceListener;
import io.vilokanam.node.network.announce.AnnounceProtocol;
import io.vilokanam.node.network.announce.Roles;
import io.vilokanam.node.network.sync.BlockRequest;
import io.vilokanam.node.network.sync.BlockServer;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

/** Peers that speak libp2p well and the chain's protocols badly: cut off, while an honest one stays. */
class HostileChainPeersTest {

    private static final long WAIT_SECONDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(WAIT_SECONDS);
    private static final String PREFIX = "/test";
    private static final ProtocolNames ANNOUNCES = ProtocolNames.of(PREFIX + "/block-announces/1");
    private static final RequestProtocol SYNC = new RequestProtocol(ProtocolNames.of(PREFIX + "/sync/2"),
            BlockRequest.BYTES_MAX,
            16 << 20, Duration.ofSeconds(10), 4);

    private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private ChainCore core;
    private Libp2pNetwork node;
    private AnnounceProtocol announces;
    private Stranger honest;
    private Stranger hostile;

    private Stranger stranger(int seed, Hash genesis) throws Exception {
        return new Stranger(seed, node.listenAddresses().getFirst().withPeer(node.localPeer()), PREFIX, genesis,
                PATIENCE, faults);
    }

    @BeforeEach
    void begin() throws Exception {
        core = RecordedChains.open("local.raw.json");
        core.importer().importBlock(IncomingBlock.of(
                RecordedChains.blocks("network.blocks").getFirst(), BlockOrigin.FILE));
        node = new Libp2pNetwork(LoopbackConfig.of(1, PREFIX, faults));
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
        honest = stranger(2, core.chain().genesis());
        honest.awaitOpened();
        assertEquals("connected " + honest.id(), heard.poll(WAIT_SECONDS, TimeUnit.SECONDS));
    }

    @AfterEach
    void end() {
        if (hostile != null) {
            hostile.close();
        }
        honest.close();
        node.close();
        core.close();
    }

    private void assertThatTheHonestStays() throws InterruptedException {
        assertTrue(announces.peers().containsKey(honest.id()));
        assertEquals(RequestOutcome.Answered.class, honest.ask(honest.sync(), request(BlockRequest.HEADER)).getClass());
        assertEquals(List.of(), honest.received());
        assertNull(faults.poll());
    }

    private static Bytes request(int parts) {
        return BlockRequest.of(parts, new BlockRequest.From.ByNumber(1), BlockRequest.Direction.ASCENDING, 1).encode();
    }

    private void enter() throws Exception {
        hostile = stranger(3, core.chain().genesis());
        hostile.awaitOpened();
        assertEquals("connected " + hostile.id(), heard.poll(WAIT_SECONDS, TimeUnit.SECONDS));
    }

    private void assertCutOff() throws InterruptedException {
        assertEquals("disconnected " + hostile.id(), heard.poll(WAIT_SECONDS, TimeUnit.SECONDS));
        hostile.awaitClosed();
        assertEquals(List.of(), hostile.received());
        assertFalse(announces.peers().containsKey(hostile.id()));
    }

    @Test
    void whoIsOfAnotherGenesisNeverBecomesAPeer() throws Exception {
        hostile = stranger(3, Hash.fromHex("aa".repeat(32)));
        assertNull(heard.poll(2, TimeUnit.SECONDS));
        assertFalse(announces.peers().containsKey(hostile.id()));
        assertThatTheHonestStays();
    }

    @Test
    void whoFloodsWithAnnouncementsThatAreNoneIsCutOff() throws Exception {
        enter();
        for (int i = 0; i < 1_000; i++) {
            hostile.announce(Bytes.fromHex("ff".repeat(1 + i)));
        }
        assertCutOff();
        assertThatTheHonestStays();
    }

    @Test
    void whoAsksForTheSameBodiesAgainAndAgainIsBanned() throws Exception {
        enter();
        Bytes request = request(BlockRequest.HEADER | BlockRequest.BODY);
        assertEquals(RequestOutcome.Answered.class, hostile.ask(hostile.sync(), request).getClass());
        assertEquals(RequestOutcome.Answered.class, hostile.ask(hostile.sync(), request).getClass());
        assertEquals(RequestOutcome.Answered.class, hostile.ask(hostile.sync(), request).getClass());
        assertEquals(RequestOutcome.Failed.class, hostile.ask(hostile.sync(), request).getClass());
        assertCutOff();
        assertThatTheHonestStays();
    }

    @Test
    void requestsThatAreNoneAreRefusedHoweverMany() throws Exception {
        enter();
        for (int i = 0; i < 200; i++) {
            assertEquals(RequestOutcome.Failed.class,
                    hostile.ask(hostile.sync(), Bytes.wrap(new byte[]{(byte) 0xff, (byte) i})).getClass());
        }
        assertThatTheHonestStays();
    }
}
