package io.vilokanam.pallets.elections.phragmen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.U128;
import io.vilokanam.testkit.SeededTest;

/** Numbers brought to a sum, with the expectations that sp-arithmetic has of its own. */
class NormalisedTest {

    private static List<U128> numbers(long... values) {
        return Arrays.stream(values).mapToObj(U128::of).toList();
    }

    private static void assertNormalised(List<U128> expected, List<U128> input, long target) {
        assertEquals(expected, Normalised.of(input, U128.of(target)));
    }

    @Test
    void whatIsMissingGoesToTheSmallest() {
        assertNormalised(numbers(10, 10, 10, 10), numbers(8, 9, 7, 10), 40);
        assertNormalised(numbers(10, 10, 10, 10), numbers(7, 7, 7, 7), 40);
        assertNormalised(numbers(11, 11, 8, 10), numbers(7, 7, 7, 10), 40);
        assertNormalised(numbers(11, 8, 11, 10), numbers(7, 8, 7, 10), 40);
        assertNormalised(numbers(11, 11, 8, 10), numbers(7, 7, 8, 10), 40);
        assertNormalised(numbers(10, 11, 9, 10), numbers(8, 11, 9, 10), 40);
        assertNormalised(numbers(10, 10, 10, 10), numbers(10, 7, 10, 10), 40);
        assertNormalised(numbers(10, 10, 10, 10), numbers(10, 10, 7, 10), 40);
        assertNormalised(numbers(10, 10, 10, 10), numbers(10, 10, 10, 7), 40);
        assertNormalised(numbers(34, 33, 33), numbers(30, 33, 30), 100);
        assertNormalised(numbers(34, 66), numbers(33, 30), 100);
        assertNormalised(numbers(333_333_334, 333_333_333, 333_333_333),
                numbers(330_000_000, 330_000_000, 330_000_000), 1_000_000_000);
        assertNormalised(numbers(316_666_668, 383_333_332, 300_000_000),
                numbers(200_000_000, 150_000_000, 300_000_000), 1_000_000_000);
    }

    @Test
    void whatIsTooMuchComesFromTheLargest() {
        assertNormalised(numbers(10, 10, 10, 10), numbers(12, 11, 13, 10), 40);
        assertNormalised(numbers(10, 10, 10, 10), numbers(13, 13, 13, 13), 40);
        assertNormalised(numbers(12, 9, 9, 10), numbers(13, 13, 13, 10), 40);
        assertNormalised(numbers(9, 12, 9, 10), numbers(13, 12, 13, 10), 40);
        assertNormalised(numbers(9, 9, 12, 10), numbers(13, 13, 12, 10), 40);
        assertNormalised(numbers(1, 9, 0), numbers(1, 100, 100), 10);
        assertNormalised(numbers(0, 1, 0), numbers(1, 8, 9), 1);
    }

    @Test
    void nothingAndTheSumItselfStayAsTheyAre() {
        assertNormalised(List.of(), List.of(), 40);
        assertNormalised(numbers(20, 15, 5), numbers(20, 15, 5), 40);
    }

    /** Near to the sum that the numbers have: what they lack or exceed it by is given and taken one by one. */
    @SeededTest
    void theSumIsAlwaysTheOneAskedFor(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<U128> input = random.longs(1 + random.nextInt(16), 0, 1L << 1 + random.nextInt(50)).mapToObj(U128::of)
                .toList();
        U128 sum = input.stream().reduce(U128.ZERO, U128::plus);
        U128 step = U128.of(random.nextInt(1_000));
        U128 target = random.nextBoolean() ? sum.plus(step) : sum.saturatingMinus(step);
        assertEquals(target, Normalised.of(input, target).stream().reduce(U128.ZERO, U128::plus));
    }
}
