package io.vilokanam.benchmarks.simulation;

import java.lang.management.ManagementFactory;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs worlds of tick-stream, one for each seed: {@code TickSimulation SEEDS [SESSIONS] [FIRST_SEED]}. Ends with 1 and the seed where
 * an invariant broke.
 */
public final class TickSimulation {

    private static final int SESSIONS = 10_000;

    private TickSimulation() {}

    static void main(String[] args) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        long seeds = Long.parseLong(args[0]);
        int sessions = args.length > 1 ? Integer.parseInt(args[1]) : SESSIONS;
        long first = args.length > 2 ? Long.parseLong(args[2]) : 1;
        int broken = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            long begin = processorNanos();
            try {
                String course = run(seed, sessions);
                System.out.println(
                        "seed " + seed + ": " + course + ", " + (processorNanos() - begin) / 1_000_000
                                + " ms of processor time");
            } catch (InvariantBroken e) {
                broken++;
                System.out.println("seed " + seed + " BROKE: " + e.getMessage());
            }
        }
        System.out.println((seeds - broken) + " of " + seeds + " seeds held with " + sessions + " sessions each");
        if (broken > 0) {
            System.exit(1);
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** @return what happened, in words */
    static String run(long seed, int sessions) {
        return new TickWorld(seed, sessions).run();
    }
}
