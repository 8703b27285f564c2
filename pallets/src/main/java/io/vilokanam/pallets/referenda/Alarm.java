package io.vilokanam.pallets.referenda;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.frame.schedule.TaskAddress;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** When a referendum is looked after next, and where the scheduler has it. */
public record Alarm(long when, TaskAddress address) {

    static final Codec<Alarm> CODEC = struct(Alarm::new, field(Codecs.U32, Alarm::when),
            field(TaskAddress.CODEC, Alarm::address)).tuple();
}
