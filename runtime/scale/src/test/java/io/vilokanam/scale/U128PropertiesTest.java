package io.vilokanam.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Random;
import java.util.function.BinaryOperator;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.SeededTest;

class U128PropertiesTest {

    private static final int PAIRS = 50;
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    @SeededTest
    void arithmeticAgreesWithBigInteger(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PAIRS; i++) {
            BigInteger a = number(random);
            BigInteger b = number(random);
            exact(a, b, a.add(b), U128::plus);
            exact(a, b, a.subtract(b), U128::minus);
            exact(a, b, a.multiply(b), U128::times);
            assertEquals(clamped(a.add(b)), saturated(a, b, U128::saturatingPlus));
            assertEquals(clamped(a.subtract(b)), saturated(a, b, U128::saturatingMinus));
            assertEquals(clamped(a.multiply(b)), saturated(a, b, U128::saturatingTimes));
            assertEquals(a.add(b).compareTo(MAX) > 0, U128.of(a).wouldOverflow(U128.of(b)));
        }
    }

    private static void exact(BigInteger a, BigInteger b, BigInteger expected, BinaryOperator<U128> operation) {
        if (expected.equals(clamped(expected))) {
            assertEquals(expected, saturated(a, b, operation));
        } else {
            assertThrows(ArithmeticException.class, () -> saturated(a, b, operation));
        }
    }

    private static BigInteger saturated(BigInteger a, BigInteger b, BinaryOperator<U128> operation) {
        return operation.apply(U128.of(a), U128.of(b)).toBigInteger();
    }

    private static BigInteger clamped(BigInteger value) {
        return value.max(BigInteger.ZERO).min(MAX);
    }

    @SeededTest
    void quotientsAgreeWithBigInteger(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PAIRS; i++) {
            BigInteger a = number(random);
            BigInteger b = number(random);
            BigInteger c = number(random).max(BigInteger.ONE);
            assertEquals(a.divide(c), U128.of(a).dividedBy(U128.of(c)).toBigInteger());
            assertEquals(clamped(a.multiply(b).divide(c)),
                    U128.of(a).scaledBy(U128.of(b), U128.of(c)).toBigInteger());
        }
    }

    @SeededTest
    void orderAndTextAgreeWithBigInteger(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PAIRS; i++) {
            BigInteger a = number(random);
            BigInteger b = random.nextInt(4) == 0 ? a : number(random);
            assertEquals(Integer.signum(a.compareTo(b)), Integer.signum(U128.of(a).compareTo(U128.of(b))));
            assertEquals(a.equals(b), U128.of(a).equals(U128.of(b)));
            assertEquals(a.max(b), U128.of(a).max(U128.of(b)).toBigInteger());
            assertEquals(a.min(b), U128.of(a).min(U128.of(b)).toBigInteger());
            assertEquals(a.toString(), U128.of(a).toString());
            assertEquals(U128.of(a), U128.parse(a.toString()));
            assertEquals(a.bitLength() > 64 ? -1 : a.longValue(), U128.of(a).saturatedToU64());
        }
    }

    @SeededTest
    void encodingsReadBack(long seed) throws ScaleException {
        Random random = new Random(seed);
        for (int i = 0; i < PAIRS; i++) {
            U128 value = U128.of(number(random));
            assertEquals(value, Codecs.U128.decodeAll(Codecs.U128.encode(value)));
            assertEquals(value, Codecs.COMPACT_U128.decodeAll(Codecs.COMPACT_U128.encode(value)));
        }
    }

    @Test
    void numbersOutsideOfTheRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> U128.of(MAX.add(BigInteger.ONE)));
        assertThrows(IllegalArgumentException.class, () -> U128.of(BigInteger.valueOf(-1)));
        assertThrows(ArithmeticException.class, () -> U128.ONE.dividedBy(U128.ZERO));
    }

    /** Numbers of every width, with edges (all ones, powers of two) as frequent as others. */
    private static BigInteger number(Random random) {
        BigInteger power = BigInteger.ONE.shiftLeft(random.nextInt(128));
        return switch (random.nextInt(4)) {
            case 0 -> power;
            case 1 -> power.shiftLeft(1).subtract(BigInteger.ONE);
            default -> new BigInteger(random.nextInt(129), random);
        };
    }
}
