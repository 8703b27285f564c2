package io.vilokanam.crypto;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.vilokanam.crypto.batch.BatchVerifier;
import io.vilokanam.crypto.curve25519.SchnorrBatch;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Blake2bHasher;
import io.vilokanam.crypto.hash.Keccak;
import io.vilokanam.crypto.hash.Sha2Chain;
import io.vilokanam.crypto.hash.Twox;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;

/** Prints what one call costs: a quick look, not a benchmark to cite. */
public final class SignatureSpeed {

    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 250_000_000;

    private static byte[] sink = new byte[32];

    private SignatureSpeed() {}

    public static void main(String[] args) throws KeyException {
        for (Scheme scheme : Scheme.values()) {
            signatures(scheme);
        }
        byte[] block = new byte[16_384];
        byte[] salt = new byte[Sha2Chain.SALT];
        byte[] inPlace = new byte[32];
        measure("blake2b-256 of 32 bytes", 1, () -> Blake2b.hash256(inPlace, 0, 32, inPlace, 0));
        var hasher = new Blake2bHasher();
        measure("the same by a hasher", 1, () -> hasher.hash256(inPlace, 0, 32, inPlace, 0));
        measure("blake2b-256, a byte of 16 KiB", block.length, () -> sink = Blake2b.hash256(block));
        measure("twox128 of 32 bytes", 1, () -> sink = Twox.hash128(inPlace));
        measure("keccak-256 of 32 bytes", 1, () -> sink = Keccak.hash256(inPlace));
        var chain = new Sha2Chain();
        measure("sha2 chain, a step of 4,096", 4_096, () -> sink = chain.walk(salt, inPlace, 4_096));
        measure("sha2 chain of one step", 1, () -> chain.reaches(salt, 0, inPlace, 0, 1, block, 0));
    }

    private static void signatures(Scheme scheme) throws KeyException {
        var random = new Random(1);
        int count = scheme == Scheme.ECDSA ? 16 : SchnorrBatch.MAX_EQUATIONS;
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> messages = new ArrayList<>();
        List<byte[]> signatures = new ArrayList<>();
        KeyPair pair = null;
        for (int i = 0; i < count; i++) {
            byte[] seed = new byte[32];
            random.nextBytes(seed);
            byte[] message = new byte[120];
            random.nextBytes(message);
            pair = scheme.fromSeed(seed);
            keys.add(pair.publicKey());
            messages.add(message);
            signatures.add(pair.sign(message));
        }
        KeyPair signer = pair;
        var secure = new SecureRandom();
        measure(scheme + " sign", 1, () -> sink = signer.sign(messages.get(0)));
        measure(scheme + " verify", 16, () -> {
            for (int i = 0; i < 16; i++) {
                require(scheme.verify(keys.get(i), messages.get(i), signatures.get(i)));
            }
        });
        for (int size = 2; scheme != Scheme.ECDSA && size <= count; size *= 4) {
            var batch = new BatchVerifier();
            for (int i = 0; i < size; i++) {
                batch.add(scheme, keys.get(i), messages.get(i), signatures.get(i));
            }
            measure(scheme + " verify in a batch of " + size, size, () -> {
                for (boolean valid : batch.verify(secure)) {
                    require(valid);
                }
            });
        }
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new AssertionError("a valid signature was refused");
        }
    }

    /** Prints the best round's nanoseconds of one of {@code parts} in a call. */
    private static void measure(String what, int parts, Runnable call) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long calls = 0;
            while (System.nanoTime() - start < ROUND_NANOS) {
                for (int i = 0; i < 8; i++) {
                    call.run();
                }
                calls += 8;
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) calls / parts);
        }
        System.out.printf("%-40s %,12.1f ns%n", what, best);
    }
}
