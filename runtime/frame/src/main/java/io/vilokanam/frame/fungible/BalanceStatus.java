package io.vilokanam.frame.fungible;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/** In which part of an account funds are ({@code frame_support::traits::tokens::BalanceStatus}). */
public enum BalanceStatus {
    FREE, RESERVED;

    public static final Codec<BalanceStatus> CODEC = Variants.ofEnum(
            "frame_support::traits::tokens::misc::BalanceStatus",
            values(), "Free", "Reserved");
}
