package io.vilokanam.frame.schedule;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * How often something is repeated.
 *
 * @param blocks from one time to the next
 * @param count how many times in all
 */
public record Period(long blocks, long count) {

    /** {@code (BlockNumber, u32)}. */
    public static final Codec<Period> CODEC = struct(Period::new, field(Codecs.U32, Period::blocks),
            field(Codecs.U32, Period::count)).tuple();
}
