package io.vilokanam.node.network.libp2p.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.SeededTest;

final class IntakeTest {

    @Test
    void aSecondsWorthMayComeAtOnce() {
        Intake intake = new Intake(1000, 0);
        assertEquals(0, intake.take(1000, 0));
        assertEquals(1, intake.take(1, 0));
    }

    @Test
    void whatIsBeyondHasToWait() {
        Intake intake = new Intake(1000, 0);
        assertEquals(2000, intake.take(3000, 0));
        assertEquals(500, intake.take(500, 2000));
        assertEquals(0, intake.take(500, 3000));
    }

    @Test
    void noMoreThanASecondsWorthIsSaved() {
        Intake intake = new Intake(1000, 0);
        assertEquals(1000, intake.take(2000, 1_000_000));
    }

    @SeededTest(runs = 50)
    void whoWaitsAsToldGetsNoMoreThanTheRate(long seed) {
        Random random = new Random(seed);
        long rate = 1 + random.nextInt(100_000);
        Intake intake = new Intake(rate, 0);
        long now = 0;
        long sum = 0;
        int last = 0;
        for (int i = 0; i < 1000; i++) {
            last = random.nextInt(65_536);
            sum += last;
            now += intake.take(last, now);
        }
        assertTrue(sum - last <= rate + now * rate / 1000, sum + " bytes in " + now + " ms at " + rate);
    }
}
