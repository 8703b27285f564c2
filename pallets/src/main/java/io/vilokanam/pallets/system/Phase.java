package io.vilokanam.pallets.system;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** In which part of a block something happened ({@code frame_system::Phase}). */
public sealed interface Phase {

    /** While the extrinsic at this index, a u32, was applied. */
    record ApplyExtrinsic(long index) implements Phase {}

    record Finalization() implements Phase {}

    record Initialization() implements Phase {}

    Codec<Phase> CODEC = Variants.of(Phase.class)
            .with(0, "ApplyExtrinsic", ApplyExtrinsic.class,
                    struct(ApplyExtrinsic::new, field("", "u32", Codecs.U32, ApplyExtrinsic::index)))
            .with(1, "Finalization", Finalization.class, struct(Finalization::new))
            .with(2, "Initialization", Initialization.class, struct(Initialization::new)).complete()
            .named("frame_system::Phase");
}
