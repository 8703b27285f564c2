package io.vilokanam.primitives.dispatch;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/** Whether a call pays a fee ({@code frame_support::dispatch::Pays}). */
public enum Pays {
    YES, NO;

    public static final Codec<Pays> CODEC = Variants.ofEnum("frame_support::dispatch::Pays", values(), "Yes", "No");
}
