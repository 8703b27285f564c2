package io.vilokanam.crypto.ecdsa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.ecdsa.RecoveryException.Reason;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Keccak;
import io.vilokanam.testkit.SeededTest;

class EcdsaPropertiesTest {

    private static final byte[] HASH = new byte[32];

    @SeededTest(runs = 30)
    void aSignatureRecoversItsKey(long seed) throws RecoveryException {
        var random = new Random(seed);
        byte[] secret = bytes(random, 32);
        EcdsaKeyPair pair = EcdsaKeyPair.fromSeed(secret).orElseThrow();
        byte[] message = bytes(random, random.nextInt(100));
        byte[] signature = pair.sign(message);
        assertTrue(Ecdsa.verify(pair.publicKey(), message, signature));
        assertArrayEquals(pair.publicKey(), Ecdsa.recoverCompressed(signature, Blake2b.hash256(message)));
        assertTrue(Ecdsa.verifyPrehashed(pair.publicKey(), Keccak.hash256(message), pair.signKeccak(message)));
        assertFalse(Ecdsa.verify(pair.publicKey(), message, pair.signKeccak(message)));
        byte[] xAndY = Ecdsa.recover(signature, Blake2b.hash256(message));
        assertArrayEquals(Arrays.copyOfRange(pair.publicKey(), 1, 33), Arrays.copyOf(xAndY, 32));
        byte[] ethereum = signature.clone();
        ethereum[64] += 27;
        assertArrayEquals(xAndY, Ecdsa.recover(ethereum, Blake2b.hash256(message)));
        assertFalse(Ecdsa.verify(pair.publicKey(), message, ethereum));
    }

    @Test
    void theReasonsAreThoseOfSubstrate() {
        byte[] signature = EcdsaKeyPair.fromSeed(Blake2b.hash256(HASH)).orElseThrow().signPrehashed(HASH);
        assertEquals(Reason.BAD_V, failure(with(signature, 64, 4)));
        assertEquals(Reason.BAD_V, failure(with(signature, 64, 26)));
        assertEquals(Reason.BAD_V, failure(with(signature, 64, 31)));
        byte[] overflow = signature.clone();
        Arrays.fill(overflow, 0, 32, (byte) -1);
        assertEquals(Reason.BAD_RS, failure(overflow));
        byte[] zero = signature.clone();
        Arrays.fill(zero, 32, 64, (byte) 0);
        assertEquals(Reason.BAD_SIGNATURE, failure(zero));
    }

    @Test
    void aSeedOfZeroIsNoKey() {
        assertTrue(EcdsaKeyPair.fromSeed(new byte[32]).isEmpty());
    }

    private static Reason failure(byte[] signature) {
        return assertThrows(RecoveryException.class, () -> Ecdsa.recoverCompressed(signature, HASH)).reason();
    }

    private static byte[] with(byte[] signature, int at, int value) {
        byte[] changed = signature.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
