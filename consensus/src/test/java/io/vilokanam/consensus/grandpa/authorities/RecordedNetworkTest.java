package io.vilokanam.consensus.grandpa.authorities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.MemoryChain;
import io.vilokanam.consensus.TestKeys;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.consensus.grandpa.FinalityProof;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.JustificationPeriod;
import io.vilokanam.consensus.grandpa.justification.FinalityProver;
import io.vilokanam.consensus.grandpa.justification.JustificationVerdict;
import io.vilokanam.consensus.grandpa.justification.JustificationVerifier;
import io.vilokanam.consensus.grandpa.justification.ProofSource;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Refchain;

/** Follows the chains that stock nodes recorded, block by block. */
class RecordedNetworkTest {

    private static final PublicKey ALICE = key("88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee");
    private static final PublicKey BOB = key("d17c2d7823ebf260fd138f2d7e27d114c0145d968b5ff5006125f2414fadae69");

    private static final JustificationVerifier VERIFIER = new JustificationVerifier(TestKeys.ED25519);

    private static PublicKey key(String hex) {
        return new PublicKey(Bytes.fromHex(hex));
    }

    /** A recorded chain as a node takes it in: each block, then whatever the present set proves final. */
    private static final class Follower {
        private final MemoryChain chain;
        private final Deque<GrandpaJustification> announced;
        private final List<BlockRef> blocks = new ArrayList<>();
        private final Map<Long, List<Authority>> sets = new HashMap<>();
        private final Map<Long, Bytes> expectedToBeStored = new HashMap<>();
        private AuthoritySet set;
        private long finalized;
        private GrandpaJustification newest;

        Follower(Hash genesis, List<Authority> authorities, List<GrandpaJustification> announced) {
            this.chain = new MemoryChain(new BlockRef(genesis, 0));
            this.announced = new ArrayDeque<>(announced);
            blocks.add(new BlockRef(genesis, 0));
            take(AuthoritySet.genesis(authorities).orElseThrow());
        }

        private void take(AuthoritySet next) {
            set = next;
            sets.put(set.setId(), set.authorities());
        }

        void follow(JsonNode recorded) throws ScaleException, SetChangeException {
            for (JsonNode node : recorded) {
                Header header = Header.CODEC.decodeAll(Hex.decode(node.get("header").asText()));
                var imported = set.importing(header, chain);
                blocks.add(chain.add(header));
                assertEquals(node.get("hash").asText(), blocks.getLast().hash().hex());
                take(imported.set());
                finalizeWhatVerifies();
            }
        }

        private void finalizeWhatVerifies() throws SetChangeException {
            while (!announced.isEmpty() && announced.peek().target().number() <= chain.best().number()
                    && VERIFIER.verify(announced.peek(), set.setId(),
                            set.authorities()) instanceof JustificationVerdict.Valid) {
                GrandpaJustification justification = announced.poll();
                var outcome = set.finalizing(justification.target(), chain);
                if (JustificationPeriod.STOCK.keeps(justification.target().number(), finalized,
                        outcome.newSet().isPresent())) {
                    expectedToBeStored.put(justification.target().number(), justification.asJustification().encoded());
                }
                take(outcome.set());
                finalized = justification.target().number();
                newest = justification;
            }
        }
    }

    @Test
    void theSetFollowsTheScheduledAndForcedChangesOfTheNetwork() throws ScaleException, SetChangeException {
        JsonNode network = Refchain.json("network.json");
        var follower = network(network);
        follower.follow(network.get("blocks"));
        assertTrue(follower.announced.isEmpty(), () -> follower.announced.size() + " justifications were not valid");
        assertEquals(64, follower.finalized);
        assertEquals(4, follower.set.setId());
        assertEquals(List.of(ended(0, 15), ended(1, 27), ended(2, 40), ended(3, 45)), follower.set.history().sets());
        assertEquals(List.of(), follower.set.pending());
        assertEquals(List.of(3L, 1L, 1L), follower.sets.get(3L).stream().map(Authority::weight).toList());
        assertEquals(3, follower.set.authorities().size());
    }

    private static Follower network(JsonNode network) throws ScaleException {
        List<GrandpaJustification> announced = new ArrayList<>();
        for (JsonNode justification : network.get("announced")) {
            announced.add(GrandpaJustification.CODEC.decodeAll(Hex.decode(justification.asText())));
        }
        return new Follower(Hash.fromHex(network.get("genesisHash").asText()),
                List.of(new Authority(ALICE, 1), new Authority(BOB, 1)), announced);
    }

    private static SetHistory.Ended ended(long setId, long lastBlock) {
        return new SetHistory.Ended(setId, lastBlock);
    }

    @Test
    void theNetworkKeptExactlyTheJustificationsThatWeWouldKeep() throws ScaleException, SetChangeException {
        JsonNode network = Refchain.json("network.json");
        var follower = network(network);
        follower.follow(network.get("blocks"));
        Map<Long, Bytes> stored = new HashMap<>();
        for (JsonNode block : network.get("blocks")) {
            for (JsonNode justification : block.path("justifications")) {
                stored.put(block.get("number").asLong(), encoded(justification));
            }
        }
        assertEquals(follower.expectedToBeStored.keySet(), stored.keySet());
        for (var entry : stored.entrySet()) {
            long setId = setOf(follower, entry.getKey());
            assertValid(VERIFIER.verifyFinalizes(entry.getValue(), follower.blocks.get(Math.toIntExact(entry.getKey())),
                    setId, follower.sets.get(setId)));
        }
    }

    private static Bytes encoded(JsonNode justification) {
        assertEquals("FRNK", text(justification.get(0)));
        return bytes(justification.get(1));
    }

    private static String text(JsonNode bytes) {
        return new String(bytes(bytes).toArray(), StandardCharsets.US_ASCII);
    }

    private static Bytes bytes(JsonNode node) {
        if (node.isTextual()) {
            return Bytes.wrap(Hex.decode(node.asText()));
        }
        byte[] bytes = new byte[node.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) node.get(i).asInt();
        }
        return Bytes.wrap(bytes);
    }

    private static long setOf(Follower follower, long number) {
        return switch (follower.set.history().setOf(number)) {
            case SetHistory.Membership.Latest() -> follower.set.setId();
            case SetHistory.Membership.Past(var past) -> past.setId();
            case SetHistory.Membership.Unknown() -> throw new AssertionError("no set is known for #" + number);
        };
    }

    private static void assertValid(JustificationVerdict verdict) {
        assertInstanceOf(JustificationVerdict.Valid.class, verdict,
                () -> verdict instanceof JustificationVerdict.Invalid invalid ? invalid.reason() : "");
    }

    @Test
    void theFinalityProofsOfTheNetworkHold() throws ScaleException, SetChangeException {
        JsonNode network = Refchain.json("network.json");
        var follower = network(network);
        follower.follow(network.get("blocks"));
        for (JsonNode recorded : network.get("proofs")) {
            long asked = recorded.get("block").asLong();
            byte[] bytes = Hex.decode(recorded.get("result").asText());
            FinalityProof proof = FinalityProof.CODEC.decodeAll(bytes);
            assertEquals(Bytes.wrap(bytes), Bytes.wrap(FinalityProof.CODEC.encode(proof)));
            BlockRef block = follower.chain.block(proof.block()).orElseThrow();
            long setId = setOf(follower, asked);
            assertValid(VERIFIER.verifyFinalizes(proof.justification(), block, setId, follower.sets.get(setId)));
            if (follower.set.history().setOf(asked) instanceof SetHistory.Membership.Past(var past)) {
                assertEquals(past.lastBlock(), block.number());
            }
            assertEquals(follower.blocks.subList((int) asked + 1, (int) block.number() + 1),
                    proof.unknownHeaders().stream().map(BlockRef::of).toList());
        }
    }

    /** The recorded chain as a node has it stored at the end. */
    private record Stored(Follower follower) implements ProofSource {

        @Override
        public Optional<Hash> hash(long number) {
            return Optional.of(follower.blocks.get(Math.toIntExact(number)).hash());
        }

        @Override
        public Optional<Header> header(Hash block) {
            return follower.chain.header(block);
        }

        @Override
        public Optional<Bytes> justification(Hash block) {
            return follower.chain.block(block).map(known -> follower.expectedToBeStored.get(known.number()));
        }

        @Override
        public Optional<GrandpaJustification> newestJustification() {
            return Optional.of(follower.newest);
        }

        @Override
        public BlockRef finalized() {
            return follower.newest.target();
        }
    }

    @Test
    void weProveFinalityInTheSameBytes() throws ScaleException, SetChangeException {
        JsonNode network = Refchain.json("network.json");
        var follower = network(network);
        follower.follow(network.get("blocks"));
        var prover = new FinalityProver(new Stored(follower));
        for (JsonNode recorded : network.get("proofs")) {
            var outcome = prover.prove(recorded.get("block").asLong(), follower.set.history());
            var proved = assertInstanceOf(FinalityProver.Outcome.Proved.class, outcome);
            assertEquals(recorded.get("result").asText(), Hex.encode(FinalityProof.CODEC.encode(proved.proof())));
        }
        assertEquals(new FinalityProver.Outcome.NotFinalized(65, 64), prover.prove(65, follower.set.history()));
        // The set that ended at #45 ended by force: no justification is stored for that block.
        assertEquals(new FinalityProver.Outcome.NoJustification(), prover.prove(44, follower.set.history()));
    }

    @Test
    void aWarpProofLeadsAsFarAsTrustIsHandedOn() throws ScaleException, SetChangeException {
        JsonNode network = Refchain.json("network.json");
        var follower = network(network);
        follower.follow(network.get("blocks"));
        var prover = new FinalityProver(new Stored(follower));
        // Only block #27 changes the set without delay, so only its header announces what its justification hands over;
        // the set that ended at #15 was announced at #12.
        assertEquals(1,
                prover.warp(follower.blocks.get(1).hash(), follower.set.history()).orElseThrow().fragments().size());
        var proof = prover.warp(follower.blocks.get(16).hash(), follower.set.history()).orElseThrow();
        assertEquals(List.of(27L, 64L),
                proof.fragments().stream().map(fragment -> fragment.header().number()).toList());
        assertTrue(proof.isFinished());
        assertTrue(prover.warp(Hash.ZERO, follower.set.history()).isEmpty());
    }

    @Test
    void everyJustificationOfTheDevChainHolds() throws ScaleException {
        JsonNode dev = Refchain.json("dev-chain.json");
        int checked = 0;
        for (JsonNode block : dev.get("blocks")) {
            Header header = Header.CODEC.decodeAll(Hex.decode(block.get("header").asText()));
            for (JsonNode justification : block.path("justifications")) {
                assertValid(VERIFIER.verifyFinalizes(encoded(justification), BlockRef.of(header), 0,
                        List.of(new Authority(ALICE, 1))));
                checked++;
            }
        }
        assertEquals(2, checked);
    }

    @Test
    void theStoredFormReadsBackWithChangesPending() throws ScaleException, SetChangeException {
        JsonNode network = Refchain.json("network.json");
        var follower = network(network);
        List<JsonNode> blocks = network.get("blocks").valueStream().toList();
        for (JsonNode block : blocks) {
            follower.follow(JsonNodeFactory.instance.arrayNode().add(block));
            assertEquals(follower.set, AuthoritySet.CODEC.decodeAll(AuthoritySet.CODEC.encode(follower.set)));
        }
    }
}
