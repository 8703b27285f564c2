package io.vilokanam.benchmarks;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
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

import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

/**
 * The state trie in memory, with keys and values as long as those of accounts. The root is that after {@link #CHANGES} changed
 * values, as a full block makes them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TrieBenchmark {

    static final int CHANGES = 3_000;
    private static final int KEY = 80;
    private static final int PREFIX = 32;
    private static final int VALUE = 80;

    @Param({"10000", "1000000"})
    public int entries;

    private byte[][] keys;
    private StateTrie trie;
    private byte[][] changedKeys;
    private byte[][] changedValues;
    private int next;

    /** All keys begin with the same 32 bytes, as those of one storage map do. */
    @Setup
    public void fill() {
        Random random = new Random(entries);
        keys = new byte[entries][];
        SortedMap<byte[], byte[]> all = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < entries; i++) {
            keys[i] = new byte[KEY];
            random.nextBytes(keys[i]);
            Arrays.fill(keys[i], 0, PREFIX, (byte) 0x26);
            all.put(keys[i], Inputs.bytes(VALUE, i));
        }
        trie = StateTrie.of(TrieLayout.V1, all);
        trie.root();
        changedKeys = Arrays.copyOf(keys, Math.min(CHANGES, entries));
        Arrays.sort(changedKeys, Arrays::compareUnsigned);
        changedValues = new byte[changedKeys.length][];
        Arrays.setAll(changedValues, i -> Inputs.bytes(VALUE, -1 - i));
    }

    @Benchmark
    public Optional<byte[]> read() {
        next = (next + 7_919) % entries;
        return trie.get(keys[next]);
    }

    @Benchmark
    public byte[] rootAfterChanges() {
        return trie.apply(TrieLayout.V1, changedKeys, changedValues).root();
    }
}
