package io.vilokanam.frame.schedule;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** Where a scheduled task stands: the block it is due at and its place in that block's agenda. */
public record TaskAddress(long when, long index) {

    /** {@code (BlockNumber, u32)}. */
    public static final Codec<TaskAddress> CODEC = struct(TaskAddress::new, field(Codecs.U32, TaskAddress::when),
            field(Codecs.U32, TaskAddress::index)).tuple();
}
