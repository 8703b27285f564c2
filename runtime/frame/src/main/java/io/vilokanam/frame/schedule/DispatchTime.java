package io.vilokanam.frame.schedule;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** When something shall be dispatched, in block numbers ({@code frame_support::traits::schedule::DispatchTime}). */
public sealed interface DispatchTime {

    record At(long block) implements DispatchTime {}

    record After(long blocks) implements DispatchTime {}

    Codec<DispatchTime> CODEC = Variants.of(DispatchTime.class)
            .with(0, "At", At.class, struct(At::new, field("", "BlockNumber", Codecs.U32, At::block)))
            .with(1, "After", After.class, struct(After::new, field("", "BlockNumber", Codecs.U32, After::blocks)))
            .complete().named("frame_support::traits::schedule::DispatchTime",
                    TypeParameter.of("BlockNumber", Codecs.U32.type()));

    /** The largest block number. */
    long BLOCK_MAX = 0xffff_ffffL;

    /** A number of blocks that may have grown beyond what the chain counts: at most {@link #BLOCK_MAX}. */
    static long saturating(long number) {
        return Math.min(number, BLOCK_MAX);
    }

    /** The block that is meant, counted from {@code since}; at most {@link #BLOCK_MAX}. */
    default long evaluate(long since) {
        return switch (this) {
            case At(long block) -> block;
            case After(long blocks) -> saturating(blocks + since);
        };
    }
}
