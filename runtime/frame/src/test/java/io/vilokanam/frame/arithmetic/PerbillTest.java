package io.vilokanam.frame.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.U128;

class PerbillTest {

    @Test
    void makesSharesRoundedDown() {
        assertEquals(333_333_333, Perbill.ofRational(1, 3).parts());
        assertEquals(333_333_333, Perbill.ofRational(U128.ONE, U128.of(3)).parts());
        assertEquals(999_999_999, Perbill.ofRational(U128.MAX.minus(U128.ONE), U128.MAX).parts());
        assertEquals(Perbill.ONE, Perbill.ofRational(4, 3));
        assertEquals(Perbill.ONE, Perbill.ofRational(U128.ZERO, U128.ZERO));
    }

    @Test
    void multipliesAndDivides() {
        assertEquals(Perbill.ofPercent(25), Perbill.ofPercent(50).times(Perbill.ofPercent(50)));
        assertEquals(666_666_666, Perbill.ofPercent(2).dividedDown(Perbill.ofPercent(3)).parts());
        assertEquals(666_666_667, Perbill.ofPercent(2).dividedUp(Perbill.ofPercent(3)).parts());
        assertEquals(Perbill.ONE, Perbill.ofPercent(4).dividedUp(Perbill.ofPercent(3)));
        assertEquals(4, Perbill.ofPercent(34).ofCeiled(10));
        assertEquals(4_294_967_295L, Perbill.ONE.ofCeiled(0xffff_ffffL));
        assertEquals(U128.of(3), Perbill.ofPercent(36).ofFloored(U128.of(10)));
        assertEquals(Perbill.ONE, Perbill.ofPercent(60).timesSaturating(2));
        assertEquals(Perbill.ZERO, Perbill.ofPercent(60).timesSaturating(0));
    }

    @Test
    void refusesMoreThanAll() {
        assertThrows(ScaleException.class, () -> Perbill.CODEC.decodeAll(Codecs.U32.encode(1_000_000_001L)));
    }

    @Test
    void roundsFixedPointQuotientsTowardsEitherSide() {
        FixedI64 one = new FixedI64(1_000_000_000);
        FixedI64 three = new FixedI64(3_000_000_000L);
        FixedI64 minusThree = new FixedI64(-3_000_000_000L);
        assertEquals(new FixedI64(333_333_333), one.dividedLow(three).get());
        assertEquals(new FixedI64(333_333_334), one.dividedHigh(three).get());
        assertEquals(new FixedI64(-333_333_334), one.dividedLow(minusThree).get());
        assertEquals(new FixedI64(-333_333_333), one.dividedHigh(minusThree).get());
        assertEquals(Optional.empty(), one.dividedLow(new FixedI64(0)));
        assertEquals(Optional.empty(), new FixedI64(Long.MAX_VALUE).dividedLow(new FixedI64(1)));
    }
}
