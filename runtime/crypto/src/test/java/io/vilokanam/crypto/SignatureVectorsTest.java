package io.vilokanam.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.crypto.batch.BatchVerifier;
import io.vilokanam.crypto.curve25519.SchnorrBatch;
import io.vilokanam.crypto.curve25519.SchnorrEquation;
import io.vilokanam.crypto.ecdsa.Ecdsa;
import io.vilokanam.crypto.ecdsa.RecoveryException;
import io.vilokanam.crypto.ed25519.Ed25519;
import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Keccak;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.sr25519.Sr25519;
import io.vilokanam.testkit.Vectors;

class SignatureVectorsTest {

    @TestFactory
    Stream<DynamicNode> signaturesAreJudgedAsByOtherImplementations() {
        return Vectors.family("signatures").tests(Map.of("sr25519", SignatureVectorsTest::sr25519, "ed25519_sign",
                SignatureVectorsTest::ed25519Sign, "ed25519_verify", SignatureVectorsTest::ed25519Verify, "ecdsa",
                SignatureVectorsTest::ecdsa, "ecdsa_keccak", SignatureVectorsTest::ecdsaKeccak, "multisignature",
                SignatureVectorsTest::multisignature));
    }

    private static void sr25519(JsonNode vector) {
        assertEquals(vector.get("valid").asBoolean(),
                Sr25519.verify(bytes(vector, "public"), bytes(vector, "message"), bytes(vector, "signature")));
    }

    private static void ed25519Sign(JsonNode vector) {
        var pair = Ed25519KeyPair.fromSeed(bytes(vector, "seed"));
        assertArrayEquals(bytes(vector, "public"), pair.publicKey());
        assertArrayEquals(bytes(vector, "signature"), pair.sign(bytes(vector, "message")));
        assertTrue(Ed25519.verify(pair.publicKey(), bytes(vector, "message"), bytes(vector, "signature")));
    }

    private static void ed25519Verify(JsonNode vector) {
        assertEquals(vector.get("valid").asBoolean(),
                Ed25519.verify(bytes(vector, "public"), bytes(vector, "message"), bytes(vector, "signature")));
    }

    private static void ecdsa(JsonNode vector) throws RecoveryException {
        byte[] hash = Blake2b.hash256(bytes(vector, "message"));
        byte[] signature = bytes(vector, "signature");
        assertArrayEquals(bytes(vector, "blake2_256_of_message"), hash);
        assertArrayEquals(bytes(vector, "account_id"), Blake2b.hash256(bytes(vector, "public")));
        boolean verified = Ecdsa.verify(bytes(vector, "public"), bytes(vector, "message"), signature);
        if (vector.get("valid").isTextual()) {
            // Recovery ids of Ethereum: a multi-signature's way accepts them, a key pair does not.
            assertEquals(false, verified);
            byte[] plain = signature.clone();
            plain[64] -= 27;
            assertArrayEquals(Ecdsa.recoverCompressed(plain, hash), Ecdsa.recoverCompressed(signature, hash));
            return;
        }
        assertEquals(vector.get("valid").asBoolean(), verified);
        if (vector.get("recovers_to").isNull()) {
            assertThrows(RecoveryException.class, () -> Ecdsa.recoverCompressed(signature, hash));
        } else {
            assertArrayEquals(bytes(vector, "recovers_to"), Ecdsa.recoverCompressed(signature, hash));
        }
    }

    private static void ecdsaKeccak(JsonNode vector) throws RecoveryException {
        byte[] hash = Keccak.hash256(bytes(vector, "message"));
        byte[] signature = bytes(vector, "signature");
        assertArrayEquals(bytes(vector, "keccak_256"), hash);
        assertArrayEquals(bytes(vector, "public"), Ecdsa.recoverCompressed(signature, hash));
        byte[] uncompressed = bytes(vector, "public_uncompressed");
        byte[] recovered = Ecdsa.recover(signature, hash);
        assertArrayEquals(Arrays.copyOfRange(uncompressed, 1, 65), recovered);
        assertArrayEquals(bytes(vector, "eth_address"), Arrays.copyOfRange(Keccak.hash256(recovered), 12, 32));
        assertTrue(Ecdsa.verifyPrehashed(bytes(vector, "public"), hash, signature));
    }

    /** These cases give no key and message: what can be held is which scheme the first byte names, and its length. */
    private static void multisignature(JsonNode vector) {
        byte[] scale = bytes(vector, "scale");
        byte[] signature = bytes(vector, "bytes");
        Scheme scheme = Scheme.valueOf(vector.get("variant").asText().toUpperCase(Locale.ROOT));
        assertEquals(scheme.index(), scale[0]);
        assertEquals(scheme.signatureLength(), signature.length);
        assertArrayEquals(signature, Arrays.copyOfRange(scale, 1, scale.length));
        byte[] key = new byte[scheme.publicKeyLength()];
        assertEquals(false, scheme.verify(key, new byte[0], signature));
    }

    @Test
    void allVectorsInOneBatchGetTheAnswersThatTheyGetAlone() {
        var batch = new BatchVerifier();
        List<Boolean> expected = new ArrayList<>();
        for (String group : List.of("sr25519", "ed25519_verify")) {
            Scheme scheme = group.equals("sr25519") ? Scheme.SR25519 : Scheme.ED25519;
            for (JsonNode vector : cases(group)) {
                batch.add(scheme, bytes(vector, "public"), bytes(vector, "message"), bytes(vector, "signature"));
                expected.add(vector.get("valid").asBoolean());
            }
        }
        boolean[] answers = batch.verify(new SecureRandom());
        assertEquals(expected.size(), answers.length);
        for (int i = 0; i < answers.length; i++) {
            assertEquals(expected.get(i), answers[i], "signature " + i);
        }
    }

    @Test
    void theValidVectorsPassAsOneSum() {
        List<SchnorrEquation> equations = new ArrayList<>();
        for (JsonNode vector : cases("sr25519")) {
            if (vector.get("valid").asBoolean()) {
                equations.add(Sr25519.equation(bytes(vector, "public"), bytes(vector, "message"),
                        bytes(vector, "signature")).orElseThrow());
            }
        }
        for (JsonNode vector : cases("ed25519_verify")) {
            if (vector.get("valid").asBoolean()) {
                equations.add(Ed25519.equation(bytes(vector, "public"), bytes(vector, "message"),
                        bytes(vector, "signature")).orElseThrow());
            }
        }
        assertTrue(equations.size() > 150, equations.size() + " valid vectors");
        assertTrue(SchnorrBatch.holds(equations, new SecureRandom()));
    }

    private static List<JsonNode> cases(String group) {
        List<JsonNode> found = new ArrayList<>();
        Vectors.family("signatures").tests(Map.of(group, found::add)).forEach(node -> run(node, group));
        return found;
    }

    private static void run(DynamicNode node, String group) {
        if (node instanceof DynamicContainer container && container.getDisplayName().equals(group)) {
            container.getChildren().forEach(child -> {
                try {
                    ((DynamicTest) child).getExecutable().execute();
                } catch (Throwable e) {
                    throw new AssertionError("reading the vector failed", e);
                }
            });
        }
    }

    private static byte[] bytes(JsonNode vector, String field) {
        return Vectors.bytes(vector.get(field));
    }
}
