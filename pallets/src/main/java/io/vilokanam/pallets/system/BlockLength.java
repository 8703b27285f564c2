package io.vilokanam.pallets.system;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** How many bytes the extrinsics of a block may take up, for each class ({@code frame_system::limits::BlockLength}). */
public record BlockLength(PerDispatchClass<Long> max) {

    static final Codec<BlockLength> CODEC = struct(BlockLength::new,
            field("max", "PerDispatchClass<u32>", PerDispatchClass.codec(Codecs.U32), BlockLength::max))
            .named("frame_system::limits::BlockLength");

    /** Normal extrinsics may take up {@code normalPercent} of {@code max} bytes, the others all. */
    public static BlockLength of(long max, int normalPercent) {
        return new BlockLength(new PerDispatchClass<>(max * normalPercent / 100, max, max));
    }
}
