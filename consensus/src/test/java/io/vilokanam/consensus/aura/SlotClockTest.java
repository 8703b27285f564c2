package io.vilokanam.consensus.aura;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.SeededTest;

class SlotClockTest {

    private final SlotClock clock = new SlotClock(2000);

    @Test
    void aSlotLastsFromItsStartToTheNext() {
        assertEquals(500, clock.slotAt(1_000_000));
        assertEquals(500, clock.slotAt(1_001_999));
        assertEquals(501, clock.slotAt(1_002_000));
        assertEquals(1_002_000, clock.startOf(501));
    }

    @Test
    void theNextSlotIsAlwaysAhead() {
        assertEquals(1_002_000, clock.nextSlotStart(1_000_000));
        assertEquals(1_002_000, clock.nextSlotStart(1_001_999));
        assertEquals(1_004_000, clock.nextSlotStart(1_002_000));
    }

    @Test
    void anAuthorBuildsForTwoThirdsOfASlotButNotBeyondItsEnd() {
        assertEquals(1_001_333, clock.proposalDeadline(500, 1_000_000));
        assertEquals(1_002_000, clock.proposalDeadline(500, 1_001_500));
    }

    @Test
    void timesBeforeTheEpochAreSlotZero() {
        assertEquals(0, clock.slotAt(-1));
    }

    @Test
    void aSlotCannotLastNoTime() {
        assertThrows(IllegalArgumentException.class, () -> new SlotClock(0));
    }

    @SeededTest
    void everyTimeLiesInItsSlot(long seed) {
        var random = new Random(seed);
        var any = new SlotClock(1 + random.nextInt(10_000));
        long now = random.nextLong(1L << 42);
        long slot = any.slotAt(now);
        assertTrue(any.startOf(slot) <= now && now < any.nextSlotStart(now));
        assertEquals(slot + 1, any.slotAt(any.nextSlotStart(now)));
    }
}
