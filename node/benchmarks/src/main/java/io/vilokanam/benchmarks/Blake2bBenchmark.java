package io.vilokanam.benchmarks;

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

import io.vilokanam.crypto.hash.Blake2b;

/** BLAKE2b by size of the input: an account in a storage key, a trie node, a value, a body. Nanoseconds a hash. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Blake2bBenchmark {

    @Param({"32", "128", "544", "16384"})
    public int bytes;

    private byte[] input;

    @Setup
    public void fill() {
        input = Inputs.bytes(bytes, bytes);
    }

    @Benchmark
    public byte[] hash128() {
        return Blake2b.hash128(input);
    }

    @Benchmark
    public byte[] hash256() {
        return Blake2b.hash256(input);
    }
}
