package io.vilokanam.pallets.referenda;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.frame.arithmetic.FixedI64;
import io.vilokanam.frame.arithmetic.Perbill;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/**
 * How much a referendum needs, as a share, at a share of the time it is decided in: less as time goes by. Every step rounds as
 * the reference does ({@code pallet_referenda::Curve}).
 */
public sealed interface Curve {

    /** From {@code ceil} in a straight line down to {@code floor} at {@code length}, and so on to the end. */
    record LinearDecreasing(Perbill length, Perbill floor, Perbill ceil) implements Curve {}

    /** From {@code begin} down by {@code step} each {@code period}, but not below {@code end}. */
    record SteppedDecreasing(Perbill begin, Perbill end, Perbill step, Perbill period) implements Curve {}

    /** {@code factor / (x + xOffset) + yOffset}. */
    record Reciprocal(FixedI64 factor, FixedI64 xOffset, FixedI64 yOffset) implements Curve {}

    Codec<Curve> CODEC = Variants.of(Curve.class)
            .with(0, "LinearDecreasing", LinearDecreasing.class,
                    struct(LinearDecreasing::new,
                            field("length", "Perbill", Perbill.CODEC, LinearDecreasing::length),
                            field("floor", "Perbill", Perbill.CODEC, LinearDecreasing::floor),
                            field("ceil", "Perbill", Perbill.CODEC, LinearDecreasing::ceil)))
            .with(1, "SteppedDecreasing", SteppedDecreasing.class,
                    struct(SteppedDecreasing::new,
                            field("begin", "Perbill", Perbill.CODEC, SteppedDecreasing::begin),
                            field("end", "Perbill", Perbill.CODEC, SteppedDecreasing::end),
                            field("step", "Perbill", Perbill.CODEC, SteppedDecreasing::step),
                            field("period", "Perbill", Perbill.CODEC, SteppedDecreasing::period)))
            .with(2, "Reciprocal", Reciprocal.class,
                    struct(Reciprocal::new, field("factor", "FixedI64", FixedI64.CODEC, Reciprocal::factor),
                            field("x_offset", "FixedI64", FixedI64.CODEC, Reciprocal::xOffset),
                            field("y_offset", "FixedI64", FixedI64.CODEC, Reciprocal::yOffset)))
            .complete().named("pallet_referenda::types::Curve");

    /** What is needed at the time {@code x}. */
    default Perbill threshold(Perbill x) {
        return switch (this) {
            case LinearDecreasing(var length, var floor, var ceil) -> ceil
                    .saturatingMinus(x.min(length).dividedDown(length).times(ceil.saturatingMinus(floor)));
            case SteppedDecreasing(var begin, var end, var step, var period) ->
                begin.saturatingMinus(step.timesSaturating(x.dividedInto(period)).min(begin)).max(end);
            case Reciprocal(var factor, var xOffset, var yOffset) ->
                factor.dividedLow(FixedI64.of(x).plus(xOffset)).map(y -> y.plus(yOffset).clamped())
                        .orElse(Perbill.ONE);
        };
    }

    /** The first time at which {@code y} is enough; all where it never is, or only at the end. */
    default Perbill delay(Perbill y) {
        return switch (this) {
            case LinearDecreasing(var length, var floor, var ceil) -> {
                if (y.isLessThan(floor)) {
                    yield Perbill.ONE;
                }
                yield y.isMoreThan(ceil) ? Perbill.ZERO
                        : ceil.saturatingMinus(y).dividedUp(ceil.saturatingMinus(floor)).times(length);
            }
            case SteppedDecreasing(var begin, var end, var step, var period) -> y.isLessThan(end) ? Perbill.ONE
                    : period.timesSaturating(begin.saturatingMinus(y.min(begin)).saturatingPlus(step.lessEpsilon())
                            .dividedInto(step));
            case Reciprocal(var factor, var xOffset, var yOffset) ->
                factor.dividedHigh(FixedI64.of(y).minus(yOffset)).flatMap(x -> x.minus(xOffset).asPerbill())
                        .orElse(Perbill.ONE);
        };
    }

    /** Whether {@code y} is enough at the time {@code x}. */
    default boolean isPassing(Perbill x, Perbill y) {
        return y.isAtLeast(threshold(x));
    }
}
