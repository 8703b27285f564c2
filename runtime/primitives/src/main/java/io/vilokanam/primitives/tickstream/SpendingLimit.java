package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * How much an account lets itself spend on streams in a day of the chain's clock, UTC.
 *
 * @param limit plancks a day
 * @param day of {@code spent}, counted from 1970
 * @param spent plancks that went out on that day, less those that came back
 * @param raise a higher limit that was asked for
 */
public record SpendingLimit(U128 limit, long day, U128 spent, Optional<Raise> raise) {

    /**
     * What holds later.
     *
     * @param limit empty for none
     * @param from milliseconds since 1970
     */
    public record Raise(Optional<U128> limit, long from) {

        public static final Codec<Raise> CODEC = struct(Raise::new,
                field("limit", "Option<Balance>", Codecs.option(Codecs.U128), Raise::limit),
                field("from", "Moment", Codecs.U64, Raise::from))
                .named("vilokanam_primitives::tickstream::SpendingLimitRaise");
    }

    public static final Codec<SpendingLimit> CODEC = struct(SpendingLimit::new,
            field("limit", "Balance", Codecs.U128, SpendingLimit::limit),
            field("day", "u32", Codecs.U32, SpendingLimit::day),
            field("spent", "Balance", Codecs.U128, SpendingLimit::spent),
            field("raise", "Option<SpendingLimitRaise>", Codecs.option(Raise.CODEC), SpendingLimit::raise))
            .named("vilokanam_primitives::tickstream::SpendingLimit");

    /** Nothing is spent yet. */
    public static SpendingLimit of(U128 limit) {
        return new SpendingLimit(limit, 0, U128.ZERO, Optional.empty());
    }

    /** What holds at {@code now}, milliseconds since 1970; empty where there is no limit any more. */
    public Optional<SpendingLimit> at(long now) {
        if (raise.isEmpty() || raise.get().from > now) {
            return Optional.of(on(Day.of(now)));
        }
        return raise.get().limit
                .map(higher -> new SpendingLimit(higher, day, spent, Optional.empty()).on(Day.of(now)));
    }

    private SpendingLimit on(long today) {
        return day == today ? this : new SpendingLimit(limit, today, U128.ZERO, raise);
    }

    /** What may still be spent on the day. */
    public U128 left() {
        return limit.saturatingMinus(spent);
    }

    public SpendingLimit withSpent(U128 other) {
        return new SpendingLimit(limit, day, other, raise);
    }

    public SpendingLimit lowered(U128 other) {
        return new SpendingLimit(other, day, spent, Optional.empty());
    }

    public SpendingLimit raised(Raise later) {
        return new SpendingLimit(limit, day, spent, Optional.of(later));
    }
}
