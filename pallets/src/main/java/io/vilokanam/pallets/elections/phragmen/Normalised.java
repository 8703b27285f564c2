package io.vilokanam.pallets.elections.phragmen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.vilokanam.scale.U128;

/**
 * Numbers changed a little so that their sum is a given one ({@code sp_arithmetic::normalize}): what is missing goes to the
 * smallest ones first, what is too much comes from the largest.
 */
final class Normalised {

    private static final class Part {

        private final int index;
        private U128 value;

        Part(int index, U128 value) {
            this.index = index;
            this.value = value;
        }
    }

    private final List<Part> sorted = new ArrayList<>();
    private final U128 count;
    private int at;

    private Normalised(List<U128> input) {
        for (int i = 0; i < input.size(); i++) {
            sorted.add(new Part(i, input.get(i)));
        }
        sorted.sort(Comparator.comparing((Part part) -> part.value));
        count = U128.of(input.size());
    }

    static List<U128> of(List<U128> input, U128 target) {
        U128 sum = input.stream().reduce(U128.ZERO, U128::plus);
        if (input.isEmpty() || sum.equals(target)) {
            return input;
        }
        Normalised parts = new Normalised(input);
        if (target.isMoreThan(sum)) {
            parts.raise(target.minus(sum), target.dividedBy(parts.count));
        } else {
            parts.lower(sum.minus(target));
        }
        parts.sorted.sort(Comparator.comparingInt((Part part) -> part.index));
        return parts.sorted.stream().map(part -> part.value).toList();
    }

    /** From the smallest on; one that has reached the threshold is left for the next. */
    private void raise(U128 missing, U128 threshold) {
        U128 perRound = missing.dividedBy(count);
        at = 0;
        if (!perRound.isZero()) {
            for (int i = 0; i < sorted.size(); i++) {
                raiseOne(perRound, threshold);
            }
        }
        long left = missing.minus(perRound.times(count)).low();
        for (; left > 0; left--) {
            raiseOne(U128.ONE, threshold);
        }
    }

    private void raiseOne(U128 by, U128 threshold) {
        Part part = sorted.get(at);
        part.value = part.value.plus(by);
        if (part.value.isAtLeast(threshold)) {
            at = (at + 1) % sorted.size();
        }
    }

    /** From the largest on; one that has come down to the smallest is left for the next. */
    private void lower(U128 surplus) {
        U128 perRound = surplus.dividedBy(count);
        U128 left = surplus.minus(perRound.times(count));
        U128 threshold = sorted.getFirst().value;
        at = sorted.size() - 1;
        if (!perRound.isZero()) {
            for (int i = 0; i < sorted.size(); i++) {
                Part part = sorted.get(at);
                left = left.plus(perRound.saturatingMinus(part.value));
                part.value = part.value.saturatingMinus(perRound);
                passOnAt(threshold);
            }
        }
        while (!left.isZero()) {
            Part part = sorted.get(at);
            if (part.value.isZero()) {
                at = (at + sorted.size() - 1) % sorted.size();
            } else {
                part.value = part.value.minus(U128.ONE);
                passOnAt(threshold);
                left = left.minus(U128.ONE);
            }
        }
    }

    private void passOnAt(U128 threshold) {
        if (!sorted.get(at).value.isMoreThan(threshold)) {
            at = (at + sorted.size() - 1) % sorted.size();
        }
    }
}
