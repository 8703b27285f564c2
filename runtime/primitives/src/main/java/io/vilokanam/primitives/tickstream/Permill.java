package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/** Parts of a million ({@code sp_arithmetic::per_things::Permill}). */
public record Permill(long parts) {

    public static final long ONE = 1_000_000;

    public static final Codec<Permill> CODEC = struct(Permill::new, field("", "u32", Codecs.U32, Permill::parts))
            .named("sp_arithmetic::per_things::Permill");

    /** This share of {@code amount}, rounded down. */
    public U128 of(U128 amount) {
        return amount.scaledBy(U128.of(parts), U128.of(ONE));
    }
}
