package io.vilokanam.primitives.dispatch;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Codec;

/** What events say of a dispatch that took place ({@code frame_system::DispatchEventInfo}): whole weight, class, fee or not. */
public record DispatchEventInfo(Weight weight, DispatchClass dispatchClass, Pays paysFee) {

    public static final Codec<DispatchEventInfo> CODEC = struct(DispatchEventInfo::new,
            field("weight", "Weight", Weight.CODEC, DispatchEventInfo::weight),
            field("class", "DispatchClass", DispatchClass.CODEC, DispatchEventInfo::dispatchClass),
            field("pays_fee", "Pays", Pays.CODEC, DispatchEventInfo::paysFee)).named("frame_system::DispatchEventInfo");
}
