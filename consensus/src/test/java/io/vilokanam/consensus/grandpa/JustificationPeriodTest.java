package io.vilokanam.consensus.grandpa;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class JustificationPeriodTest {

    private final JustificationPeriod period = JustificationPeriod.STOCK;

    @Test
    void theFirstFinalBlockBehindEach512ThKeepsItsProof() {
        assertFalse(period.keeps(511, 500, false));
        assertTrue(period.keeps(512, 511, false));
        assertTrue(period.keeps(530, 500, false));
        assertFalse(period.keeps(1023, 512, false));
        assertTrue(period.keeps(1024, 1023, false));
    }

    @Test
    void theFirstOfAllAndThoseThatChangeTheSetKeepItAlways() {
        assertTrue(period.keeps(1, 0, false));
        assertTrue(period.keeps(3, 2, true));
    }
}
