package io.vilokanam.crypto.sr25519;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.SeededTest;

class Sr25519PropertiesTest {

    @SeededTest(runs = 40)
    void whatIsSignedVerifiesAndWhatIsChangedDoesNot(long seed) {
        var random = new Random(seed);
        var pair = pair(random);
        byte[] message = bytes(random, random.nextInt(400));
        byte[] signature = random.nextBoolean() ? pair.sign(message) : pair.sign(message, new SecureRandom());
        assertTrue(Sr25519.verify(pair.publicKey(), message, signature));
        byte[] changed = signature.clone();
        changed[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
        assertFalse(Sr25519.verify(pair.publicKey(), message, changed));
        assertFalse(Sr25519.verify(pair.publicKey(), Arrays.copyOf(message, message.length + 1), signature));
        assertFalse(Sr25519.verify(pair(random).publicKey(), message, signature));
    }

    @SeededTest(runs = 20)
    void aSoftChildsPublicKeyFollowsFromItsParents(long seed) {
        var random = new Random(seed);
        var parent = pair(random);
        byte[] chainCode = bytes(random, 32);
        var child = parent.soft(chainCode);
        assertArrayEquals(child.publicKey(), Sr25519.soft(parent.publicKey(), chainCode).orElseThrow());
        byte[] message = bytes(random, 10);
        assertTrue(Sr25519.verify(child.publicKey(), message, child.sign(message)));
        assertArrayEquals(child.publicKey(), Sr25519KeyPair.fromSecret(child.secret()).publicKey());
        assertTrue(child.seed().isEmpty());
        assertTrue(parent.hard(chainCode).seed().isPresent());
    }

    @Test
    void withoutRandomnessASignatureIsTheSameEachTime() {
        var pair = pair(new Random(7));
        byte[] message = {1};
        assertArrayEquals(pair.sign(message), pair.sign(message));
        assertFalse(Arrays.equals(pair.sign(message), pair.sign(message, new SecureRandom())));
    }

    @Test
    void theIdentityIsAPublicKeyLikeAnyOther() {
        // With A = 0 the equation is s B = R, which anyone can meet: s = 0, R = 0.
        byte[] signature = new byte[64];
        signature[63] = (byte) Sr25519.MARKER;
        assertTrue(Sr25519.verify(new byte[32], new byte[]{1, 2}, signature));
        assertEquals(32, Sr25519.soft(new byte[32], new byte[32]).orElseThrow().length);
    }

    private static Sr25519KeyPair pair(Random random) {
        return Sr25519KeyPair.fromMiniSecret(bytes(random, 32));
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
