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

import io.vilokanam.crypto.hash.Sha2Chain;

/** Checks of words: hashing {@link #ticks} steps back to an anchor. Nanoseconds a check. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TickChainBenchmark {

    @Param({"1", "60", "4096"})
    public int ticks;

    private final Sha2Chain chain = new Sha2Chain();
    private byte[] salt;
    private byte[] word;
    private byte[] anchor;

    @Setup
    public void fill() {
        salt = Inputs.bytes(Sha2Chain.SALT, 1);
        word = Inputs.bytes(Sha2Chain.WORD, 2);
        anchor = chain.walk(salt, word, ticks);
    }

    @Benchmark
    public boolean check() {
        return chain.reaches(salt, 0, word, 0, ticks, anchor, 0);
    }
}
