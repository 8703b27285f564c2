package io.vilokanam.consensus.aura;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.consensus.TestKeys;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Vectors;

class AuraVectorsTest {

    private static final long LATE_SLOT = 1L << 40;

    @TestFactory
    Stream<DynamicNode> sealsAreJudgedAsIndependentImplementationsDo() {
        return Vectors.family("headers").tests(Map.of("aura", AuraVectorsTest::aura),
                Set.of("header", "body", "digest_item", "light_sync_state", "rpc_json"));
    }

    @TestFactory
    Stream<DynamicNode> sealsOfARealRuntimesBlocksAreGood() {
        Vectors family = Vectors.family("runtime_blocks");
        List<PublicKey> authorities = Stream.of(0, 1).map(turn -> family.group("block").valueStream()
                .filter(block -> block.get("slot").asLong() % 2 == turn).findFirst().orElseThrow())
                .map(block -> PublicKey.wrap(Vectors.bytes(block.get("author_public")))).toList();
        return family.tests(Map.of("block", vector -> seal(vector, authorities)));
    }

    private static void seal(JsonNode vector, List<PublicKey> authorities) throws ScaleException {
        Header header = Header.CODEC.decodeAll(Vectors.bytes(vector.get("header")));
        var valid = assertInstanceOf(AuraVerdict.Valid.class,
                new AuraVerifier(TestKeys.SR25519).check(header, authorities,
                        LATE_SLOT, OptionalLong.empty()));
        assertEquals(vector.get("slot").asLong(), valid.slot());
        assertEquals(vector.get("author_public").asText(), valid.author().toString());
        assertEquals(vector.get("pre_seal_hash").asText(), AuraVerifier.sealedMessage(valid.unsealed()).hex());
        assertEquals(vector.get("hash").asText(), valid.hash().hex());
        assertInstanceOf(AuraVerdict.WrongAuthor.class, new AuraVerifier(TestKeys.SR25519).check(header,
                authorities.reversed(), LATE_SLOT, OptionalLong.empty()));
    }

    private static void aura(JsonNode vector) throws ScaleException {
        Header header = Header.CODEC.decodeAll(Vectors.bytes(vector.get("header")));
        List<PublicKey> authorities = authorities(vector);
        AuraVerdict verdict = new AuraVerifier(TestKeys.SR25519).check(header, authorities, LATE_SLOT,
                OptionalLong.empty());
        if (vector.get("valid").asBoolean()) {
            var valid = assertInstanceOf(AuraVerdict.Valid.class, verdict);
            if (vector.has("slot")) {
                assertEquals(vector.get("slot").asLong(), valid.slot());
                assertEquals(vector.get("expected_author").asText(), valid.author().toString());
                assertEquals(vector.get("pre_seal_hash").asText(), AuraVerifier.sealedMessage(valid.unsealed()).hex());
                assertEquals(vector.get("hash").asText(), valid.hash().hex());
            }
        } else {
            var invalid = assertInstanceOf(AuraVerdict.Invalid.class, verdict);
            Class<? extends AuraVerdict> expected = switch (vector.get("why").asText()) {
                case "unsealed", "last digest item must be the seal", "wrong engine" -> AuraVerdict.MalformedSeal.class;
                case "no slot" -> AuraVerdict.MissingSlot.class;
                case "multiple pre-runtime digests" -> AuraVerdict.SeveralSlots.class;
                case "signature is not by authorities[slot mod n]" -> AuraVerdict.WrongAuthor.class;
                case "wrong message", "signature no longer matches" -> AuraVerdict.BadSignature.class;
                case "author of that slot is the other one" -> AuraVerdict.WrongAuthor.class;
                case String why -> throw new AssertionError("no verdict is known for: " + why);
            };
            assertInstanceOf(expected, invalid, invalid.reason());
        }
    }

    private static List<PublicKey> authorities(JsonNode vector) {
        return vector.get("authorities").valueStream().map(key -> PublicKey.wrap(Vectors.bytes(key))).toList();
    }

    private static final Header PLAIN = new Header(Hash.ZERO, 1,
            Hash.ZERO, Hash.ZERO, Digest.EMPTY);
    private static final DigestItem SEAL = AuraDigest.seal(Bytes.wrap(new byte[64]));
    private static final List<PublicKey> ONE = List.of(PublicKey.wrap(new byte[32]));

    /** Every signature is good, so that only the rule in question can refuse. */
    private final AuraVerifier trusting = new AuraVerifier((_, _, _) -> true);

    private static Header sealed(long slot) {
        return PLAIN.withDigest(new Digest(List.of(AuraDigest.preDigest(slot), SEAL)));
    }

    @Test
    void anEmptyDigestIsUnsealed() {
        assertEquals(new AuraVerdict.Unsealed(), trusting.check(PLAIN, ONE, 9, OptionalLong.empty()));
    }

    @Test
    void aBlockMayBeOneSlotAheadOfOurClockButNotTwo() {
        assertInstanceOf(AuraVerdict.Valid.class, trusting.check(sealed(10), ONE, 9, OptionalLong.empty()));
        assertEquals(new AuraVerdict.SlotInFuture(11, 10), trusting.check(sealed(11), ONE, 9, OptionalLong.empty()));
        assertInstanceOf(AuraVerdict.SlotInFuture.class, trusting.check(sealed(-1), ONE, 9, OptionalLong.empty()));
    }

    @Test
    void aSlotMustFollowTheParents() {
        assertEquals(new AuraVerdict.SlotNotIncreasing(7, 7), trusting.check(sealed(7), ONE, 9, OptionalLong.of(7)));
        assertInstanceOf(AuraVerdict.Valid.class, trusting.check(sealed(8), ONE, 9, OptionalLong.of(7)));
    }

    @Test
    void nobodyAuthorsWhereThereAreNoAuthorities() {
        assertEquals(new AuraVerdict.NoAuthorities(), trusting.check(sealed(7), List.of(), 9, OptionalLong.empty()));
    }

    @Test
    void authoritiesTakeTurnsOverTheWholeUnsignedRange() {
        var three = List.of(key(0), key(1), key(2));
        assertEquals(key(2), AuraVerifier.author(283_333_334, three).orElseThrow());
        assertEquals(key(0), AuraVerifier.author(-1, three).orElseThrow());
        assertTrue(AuraVerifier.author(1, List.of()).isEmpty());
    }

    private static PublicKey key(int fill) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return PublicKey.wrap(bytes);
    }

    @Test
    void theGenesisHeaderBelongsToSlotZero() {
        var genesis = new Header(PLAIN.parentHash(), 0, PLAIN.stateRoot(), PLAIN.extrinsicsRoot(), Digest.EMPTY);
        assertEquals(0L, AuraDigest.slotOf(genesis).orElseThrow());
        assertTrue(AuraDigest.slotOf(PLAIN).isEmpty());
    }

    @Test
    void consensusLogsAreReadAndForeignOnesSkipped() throws ScaleException {
        var change = new AuraLog.AuthoritiesChange(List.of(key(3), key(4)));
        var header = PLAIN.withDigest(new Digest(List.of(
                new DigestItem.Consensus(DigestItem.GRANDPA, Bytes.fromHex("0x00")),
                new DigestItem.Consensus(DigestItem.AURA, Bytes.fromHex("0x07")),
                new DigestItem.Consensus(DigestItem.AURA, Bytes.wrap(AuraLog.CODEC.encode(new AuraLog.OnDisabled(5)))),
                new DigestItem.Consensus(DigestItem.AURA, Bytes.wrap(AuraLog.CODEC.encode(change))))));
        assertEquals(List.of(new AuraLog.OnDisabled(5), change), AuraDigest.logs(header));
        assertEquals(List.of(key(3), key(4)), AuraDigest.authoritiesChange(header).orElseThrow());
        var item = DigestItem.CODEC.decodeAll(Bytes.fromHex("0x04617572610901010811b6de324473dc2da567f3be0f2166411b788a"
                + "4103faee099973aecb6c8dd87bc399560f606fb5e880055aa30f66a684216bacaefb1e90d41e227cd13bf94535").view());
        assertEquals(2, AuraDigest.authoritiesChange(PLAIN.withDigest(new Digest(List.of(item)))).orElseThrow().size());
    }
}
