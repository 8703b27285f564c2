package io.vilokanam.benchmarks.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vilokanam.testkit.SeededTest;

/** The short form of {@code node/benchmarks/run simulate}. */
class TickSimulationTest {

    private static final int SESSIONS = 150;

    @SeededTest(runs = 4)
    void everySecondThatWasReleasedIsPaidOnceAndNoOther(long seed) {
        assertTrue(TickSimulation.run(seed, SESSIONS).contains(" sessions, "));
    }
}
