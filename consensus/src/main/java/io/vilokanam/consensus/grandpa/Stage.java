package io.vilokanam.consensus.grandpa;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/** What a GRANDPA message votes in. The order is the wire's. */
public enum Stage {
    /** A vote for the best chain, cast once a round. */
    PREVOTE,
    /** A vote for what two thirds prevoted for, cast once a round. */
    PRECOMMIT,
    /** The primary's hint which block to build on. Not counted. */
    PRIMARY_PROPOSE;

    public static final Codec<Stage> CODEC = Variants.ofEnum("finality_grandpa::Message", values(), "Prevote",
            "Precommit",
            "PrimaryPropose");
}
