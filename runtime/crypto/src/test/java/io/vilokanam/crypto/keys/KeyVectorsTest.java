package io.vilokanam.crypto.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.sr25519.Sr25519KeyPair;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Vectors;

class KeyVectorsTest {

    /** Addresses are a matter of the primitives module: its Ss58VectorsTest checks these groups. */
    private static final Vectors.Check COVERED_BY_SS58_VECTORS_TEST = vector -> {
        assertTrue(vector.has("address"));
    };

    @TestFactory
    Stream<DynamicNode> keysEqualThoseOfOtherImplementations() {
        return Vectors.family("keys").tests(Map.of("bip39", KeyVectorsTest::bip39, "bip39_invalid",
                KeyVectorsTest::bip39Invalid, "junction", KeyVectorsTest::junction, "suri", KeyVectorsTest::suri,
                "suri_invalid", KeyVectorsTest::suriInvalid, "seed_to_public", KeyVectorsTest::seedToPublic, "ss58",
                COVERED_BY_SS58_VECTORS_TEST, "ss58_invalid", COVERED_BY_SS58_VECTORS_TEST, "ss58_edge",
                COVERED_BY_SS58_VECTORS_TEST));
    }

    private static void bip39(JsonNode vector) throws KeyException {
        String phrase = vector.get("mnemonic").asText();
        byte[] entropy = bytes(vector, "entropy");
        assertArrayEquals(entropy, Bip39.entropy(phrase));
        assertEquals(phrase, Bip39.phrase(entropy));
        assertArrayEquals(bytes(vector, "mini_secret"), Bip39.seed(phrase, vector.get("password").asText()));
    }

    private static void bip39Invalid(JsonNode vector) {
        assertThrows(KeyException.class, () -> Bip39.entropy(vector.get("mnemonic").asText()));
    }

    private static void junction(JsonNode vector) {
        assertArrayEquals(bytes(vector, "chain_code"), Junction.hard(vector.get("junction").asText()).chainCode());
    }

    private static void suri(JsonNode vector) throws KeyException {
        String uri = vector.get("suri").asText();
        for (Scheme scheme : Scheme.values()) {
            JsonNode expected = vector.get(scheme.name().toLowerCase(Locale.ROOT));
            if (expected == null) {
                continue;
            }
            if (expected.has("error")) {
                assertThrows(KeyException.class, () -> SecretUri.keyPair(scheme, uri));
                continue;
            }
            KeyPair pair = SecretUri.keyPair(scheme, uri);
            byte[] publicKey = pair.publicKey();
            assertArrayEquals(bytes(expected, "public"), publicKey, scheme.name());
            assertArrayEquals(bytes(expected, "account_id"),
                    scheme == Scheme.ECDSA ? Blake2b.hash256(publicKey) : publicKey, scheme.name());
            if (expected.has("secret_seed")) {
                assertArrayEquals(bytes(expected, "secret_seed"), pair.seed().orElseThrow(), scheme.name());
            }
            byte[] message = {1, 2, 3};
            assertTrue(scheme.verify(publicKey, message, pair.sign(message)), scheme.name());
        }
    }

    private static void suriInvalid(JsonNode vector) {
        for (Scheme scheme : Scheme.values()) {
            assertThrows(KeyException.class, () -> SecretUri.keyPair(scheme, vector.get("suri").asText()));
        }
    }

    private static void seedToPublic(JsonNode vector) throws KeyException {
        byte[] seed = bytes(vector, "seed");
        var sr25519 = Sr25519KeyPair.fromMiniSecret(seed);
        assertArrayEquals(bytes(vector, "sr25519_public"), sr25519.publicKey());
        assertArrayEquals(bytes(vector, "sr25519_secret_64"), sr25519.secret());
        assertArrayEquals(sr25519.publicKey(), Sr25519KeyPair.fromSecret(sr25519.secret()).publicKey());
        assertArrayEquals(bytes(vector, "ed25519_public"), Scheme.ED25519.fromSeed(seed).publicKey());
        if (vector.get("ecdsa_public").isNull()) {
            assertThrows(KeyException.class, () -> Scheme.ECDSA.fromSeed(seed));
            return;
        }
        byte[] ecdsa = Scheme.ECDSA.fromSeed(seed).publicKey();
        assertArrayEquals(bytes(vector, "ecdsa_public"), ecdsa);
        assertArrayEquals(bytes(vector, "ecdsa_account_id"), Blake2b.hash256(ecdsa));
    }

    @Test
    void theDevelopmentPhraseIsTheVectors() throws KeyException {
        assertEquals("0x1a486a5fbe53639984cb64b070755f7b", Hex.encode(Bip39.entropy(SecretUri.DEV_PHRASE)));
    }

    @Test
    void aPasswordGivenBesideTheUriTakesThePlaceOfItsOwn() throws KeyException {
        KeyPair own = SecretUri.parse("//Alice///pw").keyPair(Scheme.SR25519);
        KeyPair given = SecretUri.parse("//Alice///other").keyPair(Scheme.SR25519, Optional.of("pw"));
        assertArrayEquals(own.publicKey(), given.publicKey());
        assertTrue(!Arrays.equals(own.publicKey(), SecretUri.keyPair(Scheme.SR25519, "//Alice").publicKey()));
    }

    private static byte[] bytes(JsonNode vector, String field) {
        return Vectors.bytes(vector.get(field));
    }
}
