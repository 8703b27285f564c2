package io.vilokanam.crypto.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.testkit.SeededTest;

class BatchVerifierTest {

    @SeededTest(runs = 12)
    void eachSignatureGetsTheAnswerThatItGetsAlone(long seed) throws KeyException {
        var random = new Random(seed);
        int size = new int[]{1, 3, 4, 15, 40, 100, 330, 600}[random.nextInt(8)];
        // Every third batch is all valid and so decided by the sum.
        int broken = seed % 3 == 0 ? 0 : 1 + random.nextInt(3);
        check(random, size, broken);
    }

    @Test
    void moreThanOneSumOfValidSignaturesIsValid() throws KeyException {
        check(new Random(1), 1_100, 0);
    }

    @Test
    void anEmptyBatchHasNoAnswers() {
        assertEquals(0, new BatchVerifier().verify(new Random(1)).length);
    }

    private static void check(Random random, int size, int broken) throws KeyException {
        var batch = new BatchVerifier();
        boolean[] expected = new boolean[size];
        KeyPair[] pairs = new KeyPair[3];
        for (int i = 0; i < size; i++) {
            Scheme curve = random.nextBoolean() ? Scheme.SR25519 : Scheme.ED25519;
            Scheme scheme = random.nextInt(40) == 0 ? Scheme.ECDSA : curve;
            if (pairs[scheme.index()] == null || random.nextInt(5) == 0) {
                byte[] seed = new byte[32];
                random.nextBytes(seed);
                pairs[scheme.index()] = scheme.fromSeed(seed);
            }
            KeyPair pair = pairs[scheme.index()];
            byte[] message = new byte[random.nextInt(100)];
            random.nextBytes(message);
            byte[] signature = pair.sign(message);
            expected[i] = random.nextInt(size) >= broken;
            if (!expected[i]) {
                signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
            }
            batch.add(scheme, pair.publicKey(), message, signature);
        }
        assertEquals(size, batch.size());
        assertArrayEquals(expected, batch.verify(random));
    }
}
