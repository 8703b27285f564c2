package io.vilokanam.consensus.grandpa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.TestKeys;
import io.vilokanam.consensus.grandpa.justification.JustificationVerdict;
import io.vilokanam.consensus.grandpa.justification.JustificationVerifier;
import io.vilokanam.consensus.grandpa.justification.WarpSync;
import io.vilokanam.consensus.grandpa.round.Phase;
import io.vilokanam.consensus.grandpa.round.Round;
import io.vilokanam.consensus.grandpa.round.VoteImport;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Vectors;

class GrandpaVectorsTest {

    private static final JustificationVerifier VERIFIER = new JustificationVerifier(TestKeys.ED25519);

    @TestFactory
    Stream<DynamicNode> grandpaAgreesWithIndependentImplementations() {
        return Vectors.family("grandpa").tests(Map.of(
                "justification", GrandpaVectorsTest::justification,
                "vote_payload", GrandpaVectorsTest::votePayload,
                "threshold", GrandpaVectorsTest::threshold,
                "consensus_log", GrandpaVectorsTest::consensusLog,
                "authority_list", GrandpaVectorsTest::authorityList,
                "finality_proof", GrandpaVectorsTest::finalityProof,
                "authority_set_change", GrandpaVectorsTest::authoritySetChange,
                "equivocation", GrandpaVectorsTest::equivocation,
                "malformed", GrandpaVectorsTest::malformed,
                "mutation", GrandpaVectorsTest::mutation));
    }

    private static void justification(JsonNode vector) throws ScaleException {
        JsonNode shown = vector.get("scale").asText().equals("same as above") ? realJustification() : vector;
        Bytes encoded = bytes(shown, "scale");
        GrandpaJustification decoded = GrandpaJustification.CODEC.decodeAll(encoded.view());
        assertEquals(encoded, Bytes.wrap(GrandpaJustification.CODEC.encode(decoded)));
        assertEquals(u64(vector, "round"), decoded.round());
        BlockRef stated = new BlockRef(hash(shown, "target_hash"), shown.get("target_number").asLong());
        assertEquals(stated, decoded.target());
        assertEquals(shown.get("precommit_count").asInt(), decoded.commit().precommits().size());
        assertEquals(shown.get("votes_ancestries_count").asInt(), decoded.votesAncestries().size());
        BlockRef asked = vector.has("target")
                ? new BlockRef(Hash.wrap(Vectors.bytes(vector.get("target").get(0))),
                        vector.get("target").get(1).asLong())
                : stated;
        var verdict = VERIFIER.verifyFinalizes(encoded, asked, u64(vector, "set_id"),
                authorities(shown.get("authorities")));
        if (vector.get("valid").asBoolean()) {
            assertEquals(new JustificationVerdict.Valid(decoded), verdict);
        } else {
            Class<? extends JustificationVerdict> expected = switch (vector.get("reason").asText()) {
                case "threshold not reached", "precommit ghost is not the commit target" ->
                    JustificationVerdict.OtherTarget.class;
                case "bad signature" -> JustificationVerdict.BadSignature.class;
                case "justification is for another block" -> JustificationVerdict.OtherBlock.class;
                case "unused ancestry headers" -> JustificationVerdict.UnusedHeader.class;
                case String why -> throw new AssertionError("no verdict is known for: " + why);
            };
            var invalid = assertInstanceOf(JustificationVerdict.Invalid.class, verdict);
            assertInstanceOf(expected, invalid, invalid.reason());
        }
    }

    /** One case repeats the bytes and authorities of the real justification in words. */
    private static JsonNode realJustification() {
        return Vectors.family("grandpa").group("justification").valueStream()
                .filter(vector -> vector.get("label").asText().startsWith("real: Polkadot")).findFirst().orElseThrow();
    }

    private static void votePayload(JsonNode vector) {
        Stage stage = switch (vector.get("kind").asText()) {
            case "prevote" -> Stage.PREVOTE;
            case "precommit" -> Stage.PRECOMMIT;
            case "primary propose" -> Stage.PRIMARY_PROPOSE;
            case String kind -> throw new AssertionError("no stage is called " + kind);
        };
        var vote = new Vote(stage, new BlockRef(hash(vector, "target_hash"), vector.get("target_number").asLong()));
        long round = u64(vector, "round");
        long setId = u64(vector, "set_id");
        assertEquals(bytes(vector, "payload"), Bytes.wrap(vote.payload(round, setId)));
        var alice = PublicKey.wrap(Bytes.fromHex("88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee")
                .toArray());
        assertTrue(new SignedVote(vote, bytes(vector, "signature"), alice).isSigned(TestKeys.ED25519, round, setId));
        assertFalse(
                new SignedVote(vote, bytes(vector, "signature"), alice).isSigned(TestKeys.ED25519, round, setId + 1));
    }

    private static void threshold(JsonNode vector) {
        long total = u64(vector, "total_weight");
        assertEquals(u64(vector, "threshold"), VoterSet.threshold(total));
        var one = VoterSet.of(List.of(new Authority(PublicKey.wrap(new byte[32]), total))).orElseThrow();
        assertEquals(u64(vector, "threshold"), one.threshold());
    }

    private static void consensusLog(JsonNode vector) throws ScaleException {
        byte[] log = Vectors.bytes(vector.get("log"));
        if (!vector.path("valid").asBoolean(true)) {
            assertThrows(ScaleException.class, () -> GrandpaLog.CODEC.decodeAll(log));
            return;
        }
        GrandpaLog decoded = GrandpaLog.CODEC.decodeAll(log);
        assertArrayEquals(log, GrandpaLog.CODEC.encode(decoded));
        JsonNode expected = vector.get("decoded");
        switch (decoded) {
            case GrandpaLog.ScheduledChange(var next, var delay) -> {
                assertEquals("ScheduledChange", vector.get("name").asText());
                assertEquals(pairs(expected.get("next_authorities")), next);
                assertEquals(expected.get("delay").asLong(), delay);
            }
            case GrandpaLog.ForcedChange(var median, var next, var delay) -> {
                assertEquals("ForcedChange", vector.get("name").asText());
                assertEquals(pairs(expected.get("next_authorities")), next);
                assertEquals(expected.get("delay").asLong(), delay);
                assertEquals(expected.get("median_last_finalized").asLong(), median);
            }
            case GrandpaLog.OnDisabled(var index) -> assertEquals(u64(expected, "authority_index"), index);
            case GrandpaLog.Pause(var delay) -> assertEquals(expected.get("delay").asLong(), delay);
            case GrandpaLog.Resume(var delay) -> assertEquals(expected.get("delay").asLong(), delay);
        }
        DigestItem item = DigestItem.CODEC.decodeAll(Vectors.bytes(vector.get("digest_item")));
        var header = new Header(Hash.ZERO, 1, Hash.ZERO, Hash.ZERO, new Digest(List.of(item)));
        assertEquals(List.of(decoded), GrandpaLog.in(header));
    }

    private static void authorityList(JsonNode vector) throws ScaleException {
        List<Authority> expected = pairs(vector.get("authorities"));
        Bytes scale = bytes(vector, "scale");
        assertEquals(expected, Authority.LIST.decodeAll(scale.view()));
        assertEquals(scale, Bytes.wrap(Authority.LIST.encode(expected)));
        var versioned = Codecs.tuple(Codecs.U8, Authority.LIST)
                .decodeAll(bytes(vector, "versioned_storage_value").view());
        assertEquals(Map.entry(1, expected), versioned);
    }

    private static void finalityProof(JsonNode vector) throws ScaleException {
        Bytes scale = bytes(vector, "scale");
        FinalityProof proof = FinalityProof.CODEC.decodeAll(scale.view());
        assertEquals(scale, Bytes.wrap(FinalityProof.CODEC.encode(proof)));
        assertEquals(bytes(vector, "justification"), proof.justification());
        var block = new BlockRef(proof.block(), vector.get("justified_block").asLong());
        var verdict = VERIFIER.verifyFinalizes(proof.justification(), block, u64(vector, "set_id"),
                authorities(vector.get("authorities")));
        assertEquals(vector.path("valid").asBoolean(true), verdict instanceof JustificationVerdict.Valid);
        List<Header> headers = new ArrayList<>();
        for (JsonNode header : vector.get("unknown_headers")) {
            headers.add(Header.CODEC.decodeAll(Vectors.bytes(header)));
        }
        assertEquals(headers, proof.unknownHeaders());
        assertEquals(block.number() - vector.get("asked_block").asLong(), headers.size());
    }

    private static void authoritySetChange(JsonNode vector) throws ScaleException {
        List<WarpSync.Fragment> fragments = new ArrayList<>();
        for (JsonNode fragment : vector.get("fragments")) {
            fragments.add(new WarpSync.Fragment(Header.CODEC.decodeAll(Vectors.bytes(fragment.get("header"))),
                    GrandpaJustification.CODEC.decodeAll(Vectors.bytes(fragment.get("justification")))));
        }
        var proof = new WarpSync(fragments, vector.path("is_finished").asBoolean(false));
        var outcome = proof.verify(u64(vector, "start_set_id"), authorities(vector.get("start_authorities")), VERIFIER);
        if (!vector.get("valid").asBoolean()) {
            assertInstanceOf(WarpSync.Outcome.Refused.class, outcome);
            return;
        }
        assertEquals(bytes(vector, "warp_sync_proof_scale"), Bytes.wrap(WarpSync.CODEC.encode(proof)));
        assertEquals(proof, WarpSync.CODEC.decodeAll(Vectors.bytes(vector.get("warp_sync_proof_scale"))));
        var proved = assertInstanceOf(WarpSync.Outcome.Proved.class, outcome);
        assertEquals(u64(vector, "end_set_id"), proved.setId());
        assertEquals(authorities(vector.get("end_authorities")), proved.authorities());
        assertEquals(fragments.getLast().header(), proved.last().orElseThrow());
    }

    private static void equivocation(JsonNode vector) throws ScaleException {
        boolean precommit = vector.get("stage").asText().equals("precommit");
        Stage stage = precommit ? Stage.PRECOMMIT : Stage.PREVOTE;
        var voter = PublicKey.wrap(Vectors.bytes(vector.get("voter")));
        SignedTarget first = cast(vector.get("first"), voter);
        SignedTarget second = cast(vector.get("second"), voter);
        var proof = new Equivocation.Proof(u64(vector, "set_id"),
                new Equivocation(stage, u64(vector, "round"), voter, first, second));
        assertEquals(vector.get("is_equivocation").asBoolean(), proof.isValid(TestKeys.ED25519));
        assertEquals(proof, Equivocation.Proof.CODEC.decodeAll(Equivocation.Proof.CODEC.encode(proof)));
        assertFalse(new Equivocation.Proof(proof.setId() + 1, proof.equivocation()).isValid(TestKeys.ED25519));
        assertFalse(new Equivocation.Proof(proof.setId(),
                new Equivocation(stage, proof.equivocation().round(), voter, first, first)).isValid(TestKeys.ED25519));
        var round = new Round(u64(vector, "round"), VoterSet.of(List.of(new Authority(voter, 1))).orElseThrow(),
                first.target());
        Phase phase = precommit ? Phase.PRECOMMIT : Phase.PREVOTE;
        assertInstanceOf(VoteImport.Counted.class, round.importVote(phase, first, (_, _) -> Optional.empty()));
        assertEquals(new VoteImport.Equivocated(proof.equivocation()),
                round.importVote(phase, second, (_, _) -> Optional.empty()));
    }

    private static SignedTarget cast(JsonNode vote, PublicKey voter) {
        return new SignedTarget(new BlockRef(hash(vote, "target_hash"), vote.get("target_number").asLong()),
                bytes(vote, "signature"), voter);
    }

    private static void malformed(JsonNode vector) {
        assertThrows(ScaleException.class,
                () -> GrandpaJustification.CODEC.decodeAll(Vectors.bytes(vector.get("scale"))));
    }

    private static void mutation(JsonNode vector) {
        Bytes encoded = bytes(vector, "scale");
        try {
            var decoded = GrandpaJustification.CODEC.decodeAll(encoded.view());
            var verdict = VERIFIER.verify(decoded, u64(vector, "set_id"), authorities(vector.get("authorities")));
            assertEquals(vector.get("valid").asBoolean(), verdict instanceof JustificationVerdict.Valid);
        } catch (ScaleException malformed) {
            assertFalse(vector.get("valid").asBoolean(), malformed.getMessage());
        }
    }

    private static List<Authority> authorities(JsonNode list) {
        return list.valueStream().map(authority -> authority.isTextual()
                ? new Authority(PublicKey.wrap(Vectors.bytes(authority)), 1)
                : new Authority(PublicKey.wrap(Vectors.bytes(authority.get("id"))), u64(authority, "weight"))).toList();
    }

    private static List<Authority> pairs(JsonNode list) {
        return list.valueStream().map(pair -> new Authority(PublicKey.wrap(Vectors.bytes(pair.get(0))),
                Long.parseUnsignedLong(pair.get(1).asText()))).toList();
    }

    private static long u64(JsonNode node, String field) {
        return Long.parseUnsignedLong(node.get(field).asText());
    }

    private static Hash hash(JsonNode node, String field) {
        return Hash.wrap(Vectors.bytes(node.get(field)));
    }

    private static Bytes bytes(JsonNode node, String field) {
        return Bytes.wrap(Vectors.bytes(node.get(field)));
    }
}
