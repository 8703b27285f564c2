package io.vilokanam.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.hash.Blake2b;

/** Each benchmark once and tiny, so that none can rot. No number is judged here. */
class BenchmarksRunTest {

    @Test
    void sr25519FindsAllSignaturesValid() {
        var benchmark = new Sr25519Benchmark();
        benchmark.signatures = 3;
        benchmark.sign();
        assertEquals(3, benchmark.oneByOne());
        assertEquals(3, benchmark.asBatch());
    }

    @Test
    void blake2bHashesItsInput() {
        var benchmark = new Blake2bBenchmark();
        benchmark.bytes = 32;
        benchmark.fill();
        assertArrayEquals(Blake2b.hash128(Inputs.bytes(32, 32)), benchmark.hash128());
        assertArrayEquals(Blake2b.hash256(Inputs.bytes(32, 32)), benchmark.hash256());
    }

    @Test
    void trieReadsAndChanges() {
        var benchmark = new TrieBenchmark();
        benchmark.entries = 20;
        benchmark.fill();
        assertTrue(benchmark.read().isPresent());
        assertEquals(32, benchmark.rootAfterChanges().length);
    }

    @Test
    void tickChainReachesItsAnchor() {
        var benchmark = new TickChainBenchmark();
        benchmark.ticks = 5;
        benchmark.fill();
        assertTrue(benchmark.check());
    }

    @Test
    void wordsAreHashedAndCollected() throws Exception {
        assertTrue(WordChecks.hashed(1) > 0);
        assertTrue(WordChecks.collected(1) > 0);
    }

    @Test
    void programsGetTheFlagsOfSubstrate() {
        assertEquals(List.of("/bin/node", "--dev", "--no-prometheus", "--rpc-port", "9", "--listen-addr",
                "/ip4/127.0.0.1/tcp/0", "--tick-listen-addr", "127.0.0.1:0"),
                Program.ours(Path.of("/bin/node")).dev(9));
        assertEquals(
                List.of("/bin/node", "import-blocks", "--chain", "spec", "--binary", "--base-path", "base", "blocks"),
                Program.stock(Path.of("/bin/node")).importBlocks(Path.of("spec"), Path.of("base"), Path.of("blocks")));
    }
}
