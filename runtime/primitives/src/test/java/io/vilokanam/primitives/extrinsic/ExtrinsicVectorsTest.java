package io.vilokanam.primitives.extrinsic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.crypto.ecdsa.Ecdsa;
import io.vilokanam.crypto.ed25519.Ed25519;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.sr25519.Sr25519;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.Vectors;

/** Vector family {@code extrinsics}: every extrinsic is put together from its parts, and taken apart again. */
class ExtrinsicVectorsTest {

    private static final AccountId ALICE_ED25519 = AccountId
            .fromHex("0x88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee");

    @TestFactory
    Stream<DynamicNode> extrinsicsAgreeWithTheVectors() {
        return Vectors.family("extrinsics")
                .tests(Map.of("signed_v4", ExtrinsicVectorsTest::signed, "signed_v4_metadata_hash",
                        ExtrinsicVectorsTest::signedWithMetadataHash, "bare", ExtrinsicVectorsTest::bare, "v5",
                        ExtrinsicVectorsTest::general, "era", ExtrinsicVectorsTest::era, "era_decode",
                        ExtrinsicVectorsTest::eraDecode, "address", ExtrinsicVectorsTest::address, "call",
                        ExtrinsicVectorsTest::call, "preamble", ExtrinsicVectorsTest::preamble));
    }

    private static void signed(JsonNode vector) throws ScaleException {
        ScaleOutput extensions = new ScaleOutput();
        Era.CODEC.encode(eraOf(vector.get("era")), extensions);
        checkSigned(vector, AccountId.fromHex(vector.get("account_id").asText()), nonceAndTip(vector, extensions),
                implied(vector));
    }

    private static void signedWithMetadataHash(JsonNode vector) throws ScaleException {
        assertEquals("ed25519 //Alice", vector.get("signer").asText());
        ScaleOutput extensions = new ScaleOutput();
        Era.CODEC.encode(Era.CODEC.decodeAll(Vectors.bytes(vector.get("era"))), extensions);
        nonceAndTip(vector, extensions).u8(vector.get("mode").asInt());
        JsonNode hash = vector.get("metadata_hash");
        ScaleOutput implied = implied(vector);
        Codecs.option(Codecs.fixedBytes(32))
                .encode(hash.isNull() ? Optional.empty() : Optional.of(Bytes.fromHex(hash.asText())), implied);
        checkSigned(vector, ALICE_ED25519, extensions, implied);
    }

    private static Era eraOf(JsonNode era) {
        if (era.isTextual()) {
            assertEquals("immortal", era.asText());
            return Era.IMMORTAL;
        }
        Era mortal = new Era.Mortal(era.get("period").asLong(), era.get("phase").asLong());
        assertEquals(mortal, Era.mortal(era.get("period").asLong(), era.get("current").asLong()));
        return mortal;
    }

    private static ScaleOutput nonceAndTip(JsonNode vector, ScaleOutput out) {
        return out.compact(vector.get("nonce").asLong()).compact(U128.parse(vector.get("tip").asText()));
    }

    private static ScaleOutput implied(JsonNode vector) {
        return new ScaleOutput().u32(vector.get("spec_version").asLong())
                .u32(vector.get("transaction_version").asLong())
                .raw(Vectors.bytes(vector.get("genesis_hash"))).raw(Vectors.bytes(vector.get("era_block_hash")));
    }

    private static void checkSigned(JsonNode vector, AccountId signer, ScaleOutput extensions, ScaleOutput implied)
            throws ScaleException {
        byte[] call = Vectors.bytes(vector.get("call"));
        SigningPayload payload = new SigningPayload(call, extensions.toByteArray(), implied.toByteArray());
        assertArrayEquals(Vectors.bytes(vector.get("signing_payload")), payload.whole());
        if (vector.has("signed_bytes")) {
            assertArrayEquals(Vectors.bytes(vector.get("signed_bytes")), payload.message(Blake2b::hash256));
        }
        MultiSignature signature = MultiSignature.CODEC.decodeAll(Vectors.bytes(vector.get("signature")));
        assertEquals(true, isSignedBy(signer, payload.message(Blake2b::hash256), signature));
        assertEquals(false, isSignedBy(signer, call, signature));
        ScaleOutput content = new ScaleOutput();
        new Preamble.Signed().encode(content);
        MultiAddress.CODEC.encode(MultiAddress.of(signer), content);
        MultiSignature.CODEC.encode(signature, content);
        OpaqueExtrinsic extrinsic = new OpaqueExtrinsic(content.raw(extensions.toByteArray()).raw(call).toBytes());
        checkExtrinsic(vector, extrinsic, new Preamble.Signed());
    }

    private static boolean isSignedBy(AccountId signer, byte[] message, MultiSignature signature) {
        byte[] key = signer.bytes().view();
        return switch (signature) {
            case MultiSignature.Ed25519(Bytes bytes) -> Ed25519.verify(key, message, bytes.view());
            case MultiSignature.Sr25519(Bytes bytes) -> Sr25519.verify(key, message, bytes.view());
            case MultiSignature.Ecdsa(Bytes bytes) -> {
                byte[] recovered = assertDoesNotThrow(
                        () -> Ecdsa.recoverCompressed(bytes.view(), Blake2b.hash256(message)));
                yield Arrays.equals(key, Blake2b.hash256(recovered));
            }
        };
    }

    private static void checkExtrinsic(JsonNode vector, OpaqueExtrinsic extrinsic, Preamble preamble)
            throws ScaleException {
        assertArrayEquals(Vectors.bytes(vector.get("extrinsic")), extrinsic.wire());
        assertEquals(preamble, extrinsic.preamble());
        assertEquals(extrinsic, OpaqueExtrinsic.fromWire(extrinsic.wire()));
        if (vector.has("extrinsic_hash")) {
            assertEquals(vector.get("extrinsic_hash").asText(), Bytes.hex(Blake2b.hash256(extrinsic.wire())));
        }
    }

    private static void bare(JsonNode vector) throws ScaleException {
        for (int version : new int[]{4, 5}) {
            ScaleOutput content = new ScaleOutput();
            new Preamble.Bare(version).encode(content);
            OpaqueExtrinsic extrinsic = new OpaqueExtrinsic(content.raw(Vectors.bytes(vector.get("call"))).toBytes());
            assertArrayEquals(Vectors.bytes(vector.get("bare_v" + version)), extrinsic.wire());
            assertEquals(new Preamble.Bare(version), OpaqueExtrinsic.fromWire(extrinsic.wire()).preamble());
            if (version == 4) {
                assertEquals(vector.get("hash_v4").asText(), Bytes.hex(Blake2b.hash256(extrinsic.wire())));
            }
        }
    }

    private static void general(JsonNode vector) throws ScaleException {
        byte[] extensions = Vectors.bytes(vector.get("extension_bytes"));
        if (vector.get("asset_id").isNull()) {
            ScaleOutput parts = new ScaleOutput();
            Era.CODEC.encode(Era.CODEC.decodeAll(Vectors.bytes(vector.get("era"))), parts);
            nonceAndTip(vector, parts).u8(0).u8(vector.get("metadata_hash_mode").asInt());
            assertArrayEquals(extensions, parts.toByteArray());
        }
        ScaleOutput content = new ScaleOutput();
        new Preamble.General(0).encode(content);
        content.raw(extensions).raw(Vectors.bytes(vector.get("call")));
        checkExtrinsic(vector, new OpaqueExtrinsic(content.toBytes()), new Preamble.General(0));
    }

    private static void era(JsonNode vector) throws ScaleException {
        long current = vector.get("current").asLong();
        Era era = Era.mortal(vector.get("requested_period").asLong(), current);
        assertEquals(new Era.Mortal(vector.get("period").asLong(), vector.get("phase").asLong()), era);
        assertArrayEquals(Vectors.bytes(vector.get("scale")), Era.CODEC.encode(era));
        assertEquals(era, Era.CODEC.decodeAll(Vectors.bytes(vector.get("scale"))));
        assertEquals(vector.get("birth").asText(), Long.toUnsignedString(era.birth(current)));
        assertEquals(vector.get("death").asText(), Long.toUnsignedString(era.death(current)));
    }

    private static void eraDecode(JsonNode vector) {
        byte[] scale = Vectors.bytes(vector.get("scale"));
        if (vector.has("error")) {
            assertThrows(ScaleException.class, () -> Era.CODEC.decodeAll(scale), vector.get("error").asText());
            return;
        }
        Era era = assertDoesNotThrow(() -> Era.CODEC.decodeAll(scale));
        JsonNode expected = vector.get("era");
        assertEquals(expected.isTextual() ? Era.IMMORTAL
                : new Era.Mortal(expected.get("period").asLong(), expected.get("phase").asLong()), era);
        assertArrayEquals(scale, Era.CODEC.encode(era));
    }

    /**
     * For {@code Index} the vectors hold what JavaScript writes, a compact zero behind the variant. The reference writes
     * nothing there (parity-scale-codec, {@code Compact<()>}), and a stock node that is sent an address of that one byte
     * decodes it and answers CannotLookup.
     */
    private static void address(JsonNode vector) throws ScaleException {
        byte[] scale = Vectors.bytes(vector.get("scale"));
        if (scale[0] == 1) {
            assertArrayEquals(new byte[]{1, 0}, scale);
            scale = new byte[]{1};
        }
        MultiAddress address = MultiAddress.CODEC.decodeAll(scale);
        assertEquals(vector.get("variant").asText().split(" ")[0], address.getClass().getSimpleName());
        assertArrayEquals(scale, MultiAddress.CODEC.encode(address));
    }

    private static void call(JsonNode vector) {
        byte[] scale = Vectors.bytes(vector.get("scale"));
        assertEquals(vector.get("pallet_index").asInt(), scale[0]);
        assertEquals(vector.get("call_index").asInt(), scale[1]);
        assertEquals(vector.get("call_hash").asText(), Bytes.hex(Blake2b.hash256(scale)));
    }

    private static void preamble(JsonNode vector) {
        ScaleInput in = new ScaleInput(new byte[]{Vectors.bytes(vector.get("byte"))[0], 0});
        if (vector.get("valid").asBoolean()) {
            Preamble preamble = assertDoesNotThrow(() -> Preamble.decode(in));
            ScaleOutput out = new ScaleOutput();
            preamble.encode(out);
            assertEquals(vector.get("byte").asText(), Bytes.hex(out.toByteArray()).substring(0, 4));
        } else {
            assertThrows(ScaleException.class, () -> Preamble.decode(in));
        }
    }
}
