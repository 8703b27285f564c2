package io.vilokanam.benchmarks;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.vilokanam.crypto.batch.BatchVerifier;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.sr25519.Sr25519;
import io.vilokanam.crypto.sr25519.Sr25519KeyPair;

/** Signatures of a block of transfers: one by one, and as one batch. Microseconds for all {@link #signatures} of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Sr25519Benchmark {

    /** As many bytes as a transfer's signing payload has. */
    private static final int MESSAGE = 120;

    @Param({"1", "64", "512"})
    public int signatures;

    private final SecureRandom random = new SecureRandom();
    private byte[][] keys;
    private byte[][] messages;
    private byte[][] signed;

    /** Each signature has its own key and message. */
    @Setup
    public void sign() {
        keys = new byte[signatures][];
        messages = new byte[signatures][];
        signed = new byte[signatures][];
        for (int i = 0; i < signatures; i++) {
            byte[] secret = Inputs.bytes(Sr25519KeyPair.MINI_SECRET, i);
            Sr25519KeyPair pair = Sr25519KeyPair.fromMiniSecret(secret);
            keys[i] = pair.publicKey();
            messages[i] = Inputs.bytes(MESSAGE, i);
            signed[i] = pair.sign(messages[i]);
        }
    }

    /** How many hold. */
    @Benchmark
    public int oneByOne() {
        int valid = 0;
        for (int i = 0; i < signatures; i++) {
            valid += Sr25519.verify(keys[i], messages[i], signed[i]) ? 1 : 0;
        }
        return valid;
    }

    /** How many hold. */
    @Benchmark
    public int asBatch() {
        BatchVerifier batch = new BatchVerifier();
        for (int i = 0; i < signatures; i++) {
            batch.add(Scheme.SR25519, keys[i], messages[i], signed[i]);
        }
        int valid = 0;
        for (boolean holds : batch.verify(random)) {
            valid += holds ? 1 : 0;
        }
        return valid;
    }
}
