package io.vilokanam.node.network.libp2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
import io.vilokanam.node.network.announce.BlockAnnounce;
import io.vilokanam.node.network.announce.Roles;
import io.vilokanam.node.network.libp2p.transport.TlsTrust;
import io.vilokanam.node.network.libp2p.transport.VolumeLimits;
import io.vilokanam.node.network.peerset.KnownPeer;
import io.vilokanam.node.network.peerset.PeerStore;
import io.vilokanam.node.network.peerset.PeersFile;
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

    @TempDir
    private Path folder;

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
        node = new Libp2pNetwork(LoopbackConfig.of(1, PREFIX, faults)
                .with(new NetworkConfig.Surroundings(Optional.of(peersFile()), false, VolumeLimits.DEFAULT,
                        TlsTrust.OF_MACHINE)));
        announces = new AnnounceProtocol(core.chain(), Roles.FULL, () -> false, () -> 0, new AnnounceListener() {
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
        String next = heard.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        while (("announced " + hostile.id()).equals(next)) {
            next = heard.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        }
        assertEquals("disconnected " + hostile.id(), next);
        hostile.awaitClosed();
        assertEquals(List.of(), hostile.received());
        assertFalse(announces.peers().containsKey(hostile.id()));
    }

    private Path peersFile() {
        return folder.resolve("peers");
    }

    /** Ends the node: what it remembers of the hostile one is that it is banned. */
    private void assertBanned() throws IOException {
        assertEquals(List.of(), heard.stream().filter(told -> told.startsWith("connected")).toList());
        node.close();
        List<KnownPeer> banned = PeersFile.read(peersFile()).stream()
                .filter(peer -> peer.reputation() < PeerStore.BANNED_BELOW).toList();
        assertEquals(List.of(hostile.id()), banned.stream().map(KnownPeer::peer).toList());
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
    void whoAnnouncesTheSameBlockWithoutEndIsBanned() throws Exception {
        enter();
        flood(_ -> core.chain().header(core.chain().best().hash()).orElseThrow());
    }

    @Test
    void whoAnnouncesInventedBlocksWithoutEndIsBanned() throws Exception {
        enter();
        Header best = core.chain().header(core.chain().best().hash()).orElseThrow();
        flood(i -> new Header(core.chain().best().hash(), 2, Hash.fromHex("%064x".formatted(i)), best.extrinsicsRoot(),
                best.digest()));
    }

    private void flood(IntFunction<Header> blocks) throws Exception {
        for (int i = 0; i < 1_500; i++) {
            hostile.announce(new BlockAnnounce(blocks.apply(i), true).encode());
        }
        assertCutOff();
        assertThatTheHonestStays();
        assertBanned();
    }

    @Test
    void whoKeepsAskingForNothingIsBanned() throws Exception {
        enter();
        assertBannedForAsking(Bytes.fromHex("ffff"));
    }

    @Test
    void whoSendsFramesThatAreTooLongIsBanned() throws Exception {
        enter();
        assertBannedForAsking(Bytes.wrap(new byte[BlockRequest.BYTES_MAX + 1]));
    }

    private void assertBannedForAsking(Bytes request) throws Exception {
        for (int i = 0; i < 30; i++) {
            assertEquals(RequestOutcome.Failed.class, hostile.ask(hostile.sync(), request).getClass());
        }
        assertCutOff();
        assertThatTheHonestStays();
        assertBanned();
    }
}
