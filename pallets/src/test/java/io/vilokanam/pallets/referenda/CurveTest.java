package io.vilokanam.pallets.referenda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.arithmetic.FixedI64;
import io.vilokanam.frame.arithmetic.Perbill;

/** What curves ask for, with the expectations that pallet-referenda has of its own. */
class CurveTest {

    private static final Curve STEPPED = new Curve.SteppedDecreasing(percent(80), percent(30), percent(10),
            percent(15));
    private static final Curve LINEAR = new Curve.LinearDecreasing(Perbill.ONE, percent(50), Perbill.ONE);
    /** A root track's approval on a large network: four parts of 28, 80 percent there. */
    private static final Curve RECIPROCAL = new Curve.Reciprocal(new FixedI64(222_222_224), new FixedI64(333_333_335),
            new FixedI64(333_333_332));

    private static Perbill percent(int percent) {
        return Perbill.ofPercent(percent);
    }

    @Test
    void stepsDownAtTheEndOfEachPeriod() {
        assertEquals(percent(80), STEPPED.threshold(percent(0)));
        assertEquals(percent(80), STEPPED.threshold(percent(15).lessEpsilon()));
        assertEquals(percent(70), STEPPED.threshold(percent(15)));
        assertEquals(percent(60), STEPPED.threshold(percent(30)));
        assertEquals(percent(40), STEPPED.threshold(percent(75).lessEpsilon()));
        assertEquals(percent(30), STEPPED.threshold(percent(75)));
        assertEquals(percent(30), STEPPED.threshold(percent(100)));
    }

    @Test
    void tellsAtWhichStepAShareIsEnough() {
        assertEquals(percent(0), STEPPED.delay(percent(100)));
        assertEquals(percent(0), STEPPED.delay(percent(80)));
        assertEquals(percent(15), STEPPED.delay(percent(80).lessEpsilon()));
        assertEquals(percent(75), STEPPED.delay(percent(40).lessEpsilon()));
        assertEquals(percent(75), STEPPED.delay(percent(30)));
        assertEquals(percent(100), STEPPED.delay(percent(30).lessEpsilon()));
    }

    @Test
    void fallsInAStraightLine() {
        assertEquals(Perbill.ONE, LINEAR.threshold(Perbill.ZERO));
        assertEquals(percent(75), LINEAR.threshold(percent(50)));
        assertEquals(percent(50), LINEAR.threshold(Perbill.ONE));
        assertEquals(percent(50), LINEAR.delay(percent(75)));
        assertEquals(Perbill.ONE, LINEAR.delay(percent(49)), "what is never enough waits until the end");
        assertTrue(LINEAR.isPassing(percent(50), percent(75)));
        assertFalse(LINEAR.isPassing(percent(50), percent(75).lessEpsilon()));
    }

    @Test
    void fallsLikeAReciprocal() {
        assertEquals(Perbill.ONE.parts(), RECIPROCAL.threshold(Perbill.ZERO).parts(), 10);
        assertEquals(percent(50).parts(), RECIPROCAL.threshold(Perbill.ONE).parts(), 10);
    }

    @Test
    void passesAtTheTimeThatTheDelayTells() {
        for (Curve curve : List.of(STEPPED, LINEAR, RECIPROCAL)) {
            for (long parts = 0; parts <= 1_000_000_000; parts += 9_696_969) {
                Perbill share = new Perbill(parts);
                Perbill delay = curve.delay(share);
                assertTrue(delay.equals(Perbill.ONE) || curve.isPassing(delay, share), () -> curve + " at " + share);
            }
        }
    }
}
