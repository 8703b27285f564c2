package io.vilokanam.frame.weights;

import io.vilokanam.primitives.Weight;

/** Counts weight up to a limit ({@code sp_weights::WeightMeter}); lives as long as one piece of work. */
public final class WeightMeter {

    private final Weight limit;
    private Weight consumed = Weight.ZERO;

    public WeightMeter(Weight limit) {
        this.limit = limit;
    }

    public Weight consumed() {
        return consumed;
    }

    public Weight remaining() {
        return limit.minus(consumed);
    }

    public boolean canConsume(Weight weight) {
        return !consumed.wouldOverflow(weight) && !consumed.plus(weight).anyAbove(limit);
    }

    /** Counts the weight unless that goes beyond the limit; says whether it did. */
    public boolean tryConsume(Weight weight) {
        if (!canConsume(weight)) {
            return false;
        }
        consumed = consumed.plus(weight);
        return true;
    }
}
