package io.vilokanam.runtime.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.vilokanam.scale.ScaleException;

/** Random chains, one seed behind the other, and what they come to in all. */
final class RandomRun {

    private static final long FIRST_SEED = Long.getLong("vilokanam.differential.seed", 1);
    private static final int DIFFERENCES_MAX = 5;
    private static final double NANOS = 1e9;

    private final Coverage coverage;
    private final long start = System.nanoTime();
    private final List<String> differences = new ArrayList<>();
    private long seed = FIRST_SEED;
    private long blocks;
    private long extrinsics;
    private long queries;

    /** The chain of a seed, which is not grown yet. */
    interface Chains {
        RandomChain ofSeed(long seed) throws IOException;
    }

    private RandomRun(Coverage coverage) {
        this.coverage = coverage;
    }

    /**
     * Grows chains until they have so many extrinsics, or too many differences; none may be left.
     *
     * @param seedsALine after so many seeds the run tells how far it is
     */
    static void of(long extrinsicsMin, long seedsALine, Coverage coverage, Chains chains)
            throws IOException, ScaleException {
        RandomRun run = new RandomRun(coverage);
        while (run.extrinsics < extrinsicsMin && run.differences.size() < DIFFERENCES_MAX) {
            run.grow(chains.ofSeed(run.seed));
            run.seed++;
            if ((run.seed - FIRST_SEED) % seedsALine == 0) {
                run.report("not met so far");
            }
        }
        run.report("not met");
        assertEquals(Set.of(), coverage.wronglyUnreachable());
        assertTrue(run.differences.isEmpty(), () -> String.join("\n\n", run.differences));
    }

    private void grow(RandomChain chain) throws IOException, ScaleException {
        try {
            chain.grow();
        } catch (AssertionError difference) {
            differences.add(difference.getMessage());
            System.out.println(difference.getMessage());
        }
        blocks += chain.blocks();
        extrinsics += chain.extrinsics();
        queries += chain.queries();
    }

    /** Counts and rates: what a run is made for. */
    private void report(String notMet) {
        double seconds = (System.nanoTime() - start) / NANOS;
        System.out.println(String.format(Locale.ROOT,
                "seeds %d to %d: %d blocks (%.1f/s), %d extrinsics (%.1f/s), %d API calls", FIRST_SEED, seed - 1,
                blocks, blocks / seconds, extrinsics, extrinsics / seconds, queries));
        System.out.println(notMet + ": " + coverage.missing());
    }
}
