package io.vilokanam.node.network.initial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.consensus.grandpa.justification.JustificationVerifier;
import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.finality.StoredProofs;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.light.WarpServer;
import io.vilokanam.node.network.state.StateServer;
import io.vilokanam.node.network.sync.BlockServer;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.scale.Bytes;

/** A chain that begins with the newest final block of another one. */
final class InitialSyncTest {

    /** The first change of the recorded chain takes effect with a delay: no proof of stock nodes' form leads beyond. */
    private static final int BLOCKS = 11;

    private static final int FINAL = 9;

    private static final PeerId HONEST = PeerId.ofEd25519(new byte[32]);
    private static final PeerId LIAR = PeerId
            .ofEd25519(new byte[]{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                    0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

    private final List<SignedBlock> blocks = new ArrayList<>();
    private final List<PeerId> blamed = new ArrayList<>();
    private final SortedMap<PeerId, BlockRef> peers = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private ChainCore source;
    private ChainCore target;
    private Map<PeerRequests.Kind, RequestHandler> servers;

    @BeforeEach
    void follow() throws Exception {
        source = RecordedChains.open("local.raw.json");
        target = RecordedChains.open("local.raw.json");
        blocks.addAll(RecordedChains.blocks("network.blocks"));
        for (SignedBlock block : blocks.subList(0, BLOCKS)) {
            source.importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE));
        }
        BlockRef last = new BlockRef(source.chain().canonicalHash(FINAL).orElseThrow(), FINAL);
        Vote vote = new Vote(Stage.PRECOMMIT, last);
        List<SignedTarget> precommits = new ArrayList<>();
        for (String suri : List.of("//Alice", "//Bob")) {
            KeyPair pair = SecretUri.keyPair(Scheme.ED25519, suri);
            precommits.add(new SignedTarget(last, Bytes.wrap(pair.sign(vote.payload(1, 0))),
                    PublicKey.wrap(pair.publicKey())));
        }
        source.importer().finalise(last,
                new GrandpaJustification(1, new Commit(last, precommits), List.of()).asJustification(), () -> true);
        servers = Map.of(PeerRequests.Kind.BLOCKS, new BlockServer(source.chain(), (peer, _) -> blamed.add(peer)),
                PeerRequests.Kind.STATE, new StateServer(source.chain(), (peer, _) -> blamed.add(peer)),
                PeerRequests.Kind.WARP,
                new WarpServer(new StoredProofs(source.chain()), () -> source.grandpa().set().history(),
                        (peer, _) -> blamed.add(peer)));
        peers.put(HONEST, source.chain().best());
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    private PeerRequests requests() {
        Map<PeerRequests.Kind, RequestSender> senders = new TreeMap<>();
        servers.forEach((kind, server) -> senders.put(kind, (peer, request, receiver) -> receiver.accept(
                server.answer(peer, request).map(answer -> peer.equals(LIAR) ? changed(answer) : answer)
                        .<RequestOutcome>map(RequestOutcome.Answered::new)
                        .orElse(new RequestOutcome.Failed(RequestOutcome.Failure.REFUSED)))));
        return new PeerRequests(senders, () -> peers, (peer, _) -> blamed.add(peer));
    }

    private static Bytes changed(Bytes answer) {
        byte[] other = answer.toArray().clone();
        other[other.length / 2] ^= 1;
        return Bytes.wrap(other);
    }

    private void run(SyncMode mode) throws InterruptedException {
        InitialSync sync = new InitialSync(mode, target.chain(), target.importer(), target.grandpa(),
                new JustificationVerifier(ChainCore.ED25519), requests(), new Told());
        assertTrue(sync.isNeeded());
        sync.run();
        assertFalse(target.chain().best().number() > 0 && sync.isNeeded());
    }

    @ParameterizedTest
    @EnumSource(names = {"FAST", "FAST_UNSAFE"})
    void theChainBeginsWithTheNewestFinalBlockAndGoesOnBothWays(SyncMode mode) throws Exception {
        run(mode);
        BlockRef begun = source.chain().finalised();
        assertEquals(begun, target.chain().best());
        assertEquals(begun, target.chain().finalised());
        assertArrayEquals(source.chain().states().lease(begun.hash()).orElseThrow().state().root(),
                target.chain().states().lease(begun.hash()).orElseThrow().state().root());
        assertEquals(source.grandpa().set().setId(), target.grandpa().set().setId());
        assertEquals(source.grandpa().set().history(), target.grandpa().set().history());

        for (SignedBlock block : blocks.subList(FINAL, blocks.size())) {
            ImportVerdict verdict = target.importer().importBlock(IncomingBlock.of(block, BlockOrigin.SYNC));
            assertTrue(verdict instanceof ImportVerdict.Imported, verdict::toString);
        }
        HistoryDownload history = new HistoryDownload(target.chain(), requests(), 7);
        assertEquals(Optional.of(begun.number() - 1), history.missing().map(BlockRef::number));
        history.run();
        assertEquals(Optional.empty(), history.missing());
        for (SignedBlock block : blocks) {
            BlockRef ref = BlockRef.of(block.block().header());
            assertEquals(Optional.of(ref.hash()), target.chain().canonicalHash(ref.number()));
            assertEquals(block.block().extrinsics(),
                    target.chain().block(ref.hash()).orElseThrow().block().extrinsics());
        }
        WarpServer warp = new WarpServer(new StoredProofs(target.chain()), () -> target.grandpa().set().history(),
                (peer, _) -> blamed.add(peer));
        assertTrue(warp.answer(HONEST, target.chain().genesis().bytes()).isPresent());
        assertEquals(List.of(), blamed);
    }

    @Test
    void aPeerThatLiesIsReportedAndAnotherAsked() throws Exception {
        peers.put(LIAR, source.chain().best());
        run(SyncMode.FAST);
        assertEquals(source.chain().finalised(), target.chain().best());
        assertTrue(blamed.contains(LIAR), () -> told.toString());
        assertFalse(blamed.contains(HONEST));
    }

    private final class Told implements InitialSync.Progress {
        @Override
        public void proven(BlockRef block, int sets) {
            told.add("proven " + block + " by " + sets);
        }

        @Override
        public void downloading(int percent, long bytes) {
            told.add("downloading " + bytes);
        }

        @Override
        public void begun(BlockRef block) {
            told.add("begun " + block);
        }

        @Override
        public void givenUp(String why) {
            told.add("given up " + why);
        }
    }
}
