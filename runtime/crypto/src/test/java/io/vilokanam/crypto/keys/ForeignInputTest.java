package io.vilokanam.crypto.keys;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.SeededTest;

class ForeignInputTest {

    @SeededTest(runs = 200)
    void randomBytesOfAnyLengthAreNoSignature(long seed) {
        var random = new Random(seed);
        for (Scheme scheme : Scheme.values()) {
            byte[] key = bytes(random, random.nextBoolean() ? scheme.publicKeyLength() : random.nextInt(70));
            byte[] signature = bytes(random, random.nextBoolean() ? scheme.signatureLength() : random.nextInt(70));
            assertFalse(scheme.verify(key, bytes(random, random.nextInt(50)), signature));
        }
    }

    @SeededTest(runs = 200)
    void randomTextIsNoSecretUriOrOne(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append("/ab0x \n\u00e9".charAt(random.nextInt(8)));
        }
        // Both outcomes are right; another exception is not.
        try {
            SecretUri.keyPair(Scheme.ED25519, text.toString());
        } catch (KeyException e) {
            assertFalse(e.getMessage().isEmpty());
        }
    }

    @Test
    void aUriBeyondTheLimitIsRefused() {
        assertThrows(KeyException.class, () -> SecretUri.parse("//" + "a".repeat(SecretUri.MAX_LENGTH)));
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
