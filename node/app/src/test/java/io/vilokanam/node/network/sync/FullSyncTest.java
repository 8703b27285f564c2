package io.vilokanam.node.network.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;

/** The machine alone, among peers whose chains are lists of headers and who answer what they are asked. */
final class FullSyncTest {

    private static final Header GENESIS = new Header(Hash.ZERO, 0, Hash.ZERO, Hash.ZERO, Digest.EMPTY);

    private final Map<Hash, Header> known = new HashMap<>(Map.of(BlockRef.hashOf(GENESIS), GENESIS));
    private final TreeMap<Long, Hash> canonical = new TreeMap<>(Map.of(0L, BlockRef.hashOf(GENESIS)));
    private final Map<PeerId, List<Header>> peers = new HashMap<>();
    private final List<String> dropped = new ArrayList<>();
    private final List<BlockRequest> asked = new ArrayList<>();
    private Optional<Hash> bad = Optional.empty();
    private boolean isSilent;
    private boolean areBodiesHeldBack;
    private long finalised;
    private long now;

    private final KnownChain view = new KnownChain() {
        @Override
        public Optional<Header> header(Hash block) {
            return Optional.ofNullable(known.get(block));
        }

        @Override
        public Optional<Hash> canonicalHash(long number) {
            return Optional.ofNullable(canonical.get(number));
        }

        @Override
        public BlockRef best() {
            return new BlockRef(canonical.lastEntry().getValue(), canonical.lastKey());
        }

        @Override
        public BlockRef finalised() {
            return new BlockRef(canonical.get(finalised), finalised);
        }
    };
    private FullSync sync = new FullSync(view);

    private static PeerId peer(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        return PeerId.ofEd25519(key);
    }

    /** A chain that leaves {@code base} behind a height; {@code branch} makes its blocks differ from others'. */
    private static List<Header> chain(List<Header> base, int common, int length, int branch) {
        List<Header> chain = new ArrayList<>(base.subList(0, common + 1));
        byte[] mark = new byte[32];
        mark[0] = (byte) branch;
        while (chain.size() <= length) {
            chain.add(new Header(BlockRef.hashOf(chain.getLast()), chain.size(), Hash.wrap(mark.clone()), Hash.ZERO,
                    Digest.EMPTY));
        }
        return chain;
    }

    private void have(List<Header> chain) {
        chain.forEach(header -> {
            known.put(BlockRef.hashOf(header), header);
            canonical.put(header.number(), BlockRef.hashOf(header));
        });
    }

    private void connect(int number, List<Header> chain) {
        peers.put(peer(number), chain);
        feed(new SyncInput.PeerConnected(now, peer(number), BlockRef.of(chain.getLast())));
    }

    /** Hands an input in, performs what is wanted, and goes on until nothing more is. */
    private void feed(SyncInput first) {
        Deque<SyncInput> inputs = new ArrayDeque<>(List.of(first));
        for (int steps = 0; !inputs.isEmpty(); steps++) {
            assertTrue(steps < 10_000, "the machine goes in circles");
            for (SyncOutput output : sync.step(inputs.removeFirst())) {
                switch (output) {
                    case SyncOutput.Ask(var id, var peer, var message) -> {
                        asked.add(message);
                        if (!isSilent && !(areBodiesHeldBack && message.wants(BlockRequest.BODY))) {
                            inputs.addLast(new SyncInput.Answered(now, id, answer(peers.get(peer), message)));
                        }
                    }
                    case SyncOutput.Import(var blocks) -> inputs.addLast(new SyncInput.Judged(now, blocks.stream()
                            .map(block -> new SyncInput.Judgement(BlockRef.of(block.header()), doImport(block)))
                            .toList()));
                    case SyncOutput.Drop(var peer, var change) -> {
                        dropped.add(change.reason());
                        inputs.addLast(new SyncInput.PeerDisconnected(now, peer));
                    }
                    case SyncOutput.Prove _,SyncOutput.Report _ -> {
                        // Not of interest here.
                    }
                }
            }
        }
    }

    private ImportVerdict doImport(IncomingBlock block) {
        BlockRef ref = BlockRef.of(block.header());
        if (known.containsKey(ref.hash())) {
            return new ImportVerdict.AlreadyKnown(ref);
        }
        if (bad.filter(ref.hash()::equals).isPresent()) {
            return new ImportVerdict.ExecutionFailed("bad");
        }
        if (!known.containsKey(block.header().parentHash())) {
            return new ImportVerdict.UnknownParent(block.header().parentHash());
        }
        known.put(ref.hash(), block.header());
        if (ref.number() > canonical.lastKey()) {
            for (Header at = block.header(); at != null
                    && !BlockRef.hashOf(at).equals(canonical.get(at.number())); at = known.get(at.parentHash())) {
                canonical.put(at.number(), BlockRef.hashOf(at));
            }
        }
        return new ImportVerdict.Imported(ref, Optional.empty(), List.of());
    }

    private static List<BlockPart> answer(List<Header> chain, BlockRequest request) {
        int at = switch (request.from()) {
            case BlockRequest.From.ByNumber(var number) -> (int) number;
            case BlockRequest.From.ByHash(var hash) -> chain.stream().map(BlockRef::hashOf).toList().indexOf(hash);
        };
        List<BlockPart> parts = new ArrayList<>();
        while (at >= 0 && at < chain.size() && parts.size() < request.max()) {
            Header header = chain.get(at);
            parts.add(new BlockPart(BlockRef.hashOf(header), Optional.of(header), List.of(), List.of()));
            at += request.direction() == BlockRequest.Direction.ASCENDING ? 1 : -1;
        }
        return parts;
    }

    private void assertBest(List<Header> chain) {
        assertEquals(BlockRef.hashOf(chain.getLast()), canonical.lastEntry().getValue());
        assertEquals(chain.size() - 1, canonical.lastKey());
    }

    @Test
    void asksNoMorePeersAtATimeAndForNoMoreBlocksThanTheLimitsSay() {
        sync = new FullSync(view, new SyncLimits(2, 10));
        areBodiesHeldBack = true;
        for (int number = 1; number <= 4; number++) {
            connect(number, chain(List.of(GENESIS), 0, 1_000, 1));
        }
        assertEquals(List.of(10, 10),
                asked.stream().filter(request -> request.wants(BlockRequest.BODY)).map(BlockRequest::max).toList());
    }

    @Test
    void downloadsALongChainFromSeveralPeers() {
        List<Header> chain = chain(List.of(GENESIS), 0, 1_000, 1);
        isSilent = true;
        connect(1, chain);
        connect(2, chain);
        connect(3, chain);
        assertTrue(sync.isMajorSyncing());
        assertEquals(3, asked.size());
        isSilent = false;
        for (int i = 1; i <= 3; i++) {
            feed(new SyncInput.PeerDisconnected(now, peer(i)));
        }
        connect(4, chain);
        assertBest(chain);
        assertFalse(sync.isMajorSyncing());
        assertEquals(List.of(), dropped);
    }

    @Test
    void findsWhereALongerForkLeftAndTakesIt() {
        List<Header> ours = chain(List.of(GENESIS), 0, 100, 1);
        List<Header> theirs = chain(ours, 37, 150, 2);
        have(ours);
        finalised = 10;
        connect(1, theirs);
        assertBest(theirs);
        assertEquals(List.of(), dropped);
    }

    @Test
    void leavesAPeerAloneWhoseChainLacksOurFinalisedBlock() {
        List<Header> ours = chain(List.of(GENESIS), 0, 100, 1);
        have(ours);
        finalised = 60;
        connect(1, chain(ours, 37, 150, 2));
        assertBest(ours);
    }

    @Test
    void goesOnWithAnHonestPeerWhenAnotherSendsABadBlock() {
        List<Header> honest = chain(List.of(GENESIS), 0, 200, 1);
        List<Header> lying = chain(honest, 100, 300, 2);
        bad = Optional.of(BlockRef.hashOf(lying.get(101)));
        connect(1, lying);
        assertEquals(List.of("Block verification failed"), dropped);
        now += 60_000;
        connect(2, honest);
        feed(new SyncInput.Tick(now));
        assertBest(honest);
    }

    @Test
    void fetchesAnAnnouncedBlockByItsHash() {
        List<Header> ours = chain(List.of(GENESIS), 0, 10, 1);
        List<Header> next = chain(ours, 10, 11, 1);
        have(ours);
        connect(1, ours);
        asked.clear();
        peers.put(peer(1), next);
        feed(new SyncInput.Announced(now, peer(1), next.getLast(), true));
        assertBest(next);
        assertEquals(1, asked.size());
        assertEquals(new BlockRequest.From.ByHash(BlockRef.hashOf(next.getLast())), asked.getFirst().from());
        assertEquals(1, asked.getFirst().max());
    }

    @Test
    void fillsTheGapBelowAnAnnouncedBlock() {
        List<Header> ours = chain(List.of(GENESIS), 0, 10, 1);
        List<Header> theirs = chain(ours, 8, 14, 2);
        have(ours);
        connect(1, ours);
        peers.put(peer(1), theirs);
        feed(new SyncInput.Announced(now, peer(1), theirs.getLast(), true));
        assertBest(theirs);
    }

    @Test
    void asksAnotherPeerWhenOneDoesNotAnswer() {
        List<Header> chain = chain(List.of(GENESIS), 0, 50, 1);
        isSilent = true;
        connect(1, chain);
        isSilent = false;
        peers.put(peer(2), chain);
        feed(new SyncInput.Unanswered(now, 1, RequestOutcome.Failure.TIMEOUT));
        assertEquals(0, canonical.lastKey());
        connect(2, chain);
        assertBest(chain);
    }

    @Test
    void endsASearchInFewSteps() {
        AncestorSearch search = new AncestorSearch(1_000_000, 0);
        int probes = 1;
        AncestorSearch.Step step = search.next(search.probe() <= 123_456);
        while (step instanceof AncestorSearch.Step.Probe(var number)) {
            probes++;
            step = search.next(number <= 123_456);
        }
        assertEquals(new AncestorSearch.Step.Found(123_456), step);
        assertTrue(probes < 50, "probes " + probes);
        assertEquals(new AncestorSearch.Step.Foreign(), new AncestorSearch(5, 5).next(false));
    }
}
