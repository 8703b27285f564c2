package io.vilokanam.primitives.dispatch;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/** Which share of a block an extrinsic uses up ({@code frame_support::dispatch::DispatchClass}). */
public enum DispatchClass {
    NORMAL, OPERATIONAL, MANDATORY;

    public static final Codec<DispatchClass> CODEC = Variants.ofEnum("frame_support::dispatch::DispatchClass", values(),
            "Normal", "Operational", "Mandatory");
}
