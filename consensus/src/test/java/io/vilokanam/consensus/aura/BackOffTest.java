package io.vilokanam.consensus.aura;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The numbers of {@code sc_consensus_slots}' own tests, and the bounds. */
class BackOffTest {

    private static final long HEAD_SLOT = 1_000;

    private static long pause(long unfinalised) {
        long slot = HEAD_SLOT + 1;
        while (BackOff.STOCK.isDue(slot, 10 + unfinalised, HEAD_SLOT, 10)) {
            slot++;
        }
        return slot - HEAD_SLOT - 1;
    }

    @Test
    void noSlotIsPassedOverAsLongAsFinalityIsNear() {
        for (long unfinalised = 0; unfinalised < 52; unfinalised++) {
            assertTrue(pause(unfinalised) == 0, "unfinalised: " + unfinalised);
        }
    }

    @Test
    void pausesGrowHalfAsFastAsTheChainAndEndAtTheirMaximum() {
        assertTrue(pause(52) == 1);
        assertTrue(pause(60) == 5);
        assertTrue(pause(249) == 99);
        assertTrue(pause(250) == 100);
        assertTrue(pause(5_000) == 100);
    }

    @Test
    void slotsThatAreOverAndFinalityAheadOfTheHeadAreNoReason() {
        assertFalse(BackOff.STOCK.isDue(HEAD_SLOT, 500, HEAD_SLOT, 10));
        assertFalse(BackOff.STOCK.isDue(HEAD_SLOT + 1, 10, HEAD_SLOT, 500));
    }
}
