package io.vilokanam.primitives.validity;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/** Where a transaction came from ({@code sp_runtime::transaction_validity::TransactionSource}). */
public enum TransactionSource {
    /** It stands in a block. */
    IN_BLOCK,
    /** This node made it, e.g. in an off-chain worker. */
    LOCAL,
    /** It came by RPC or from a peer. */
    EXTERNAL;

    public static final Codec<TransactionSource> CODEC = Variants.ofEnum(
            "sp_runtime::transaction_validity::TransactionSource",
            values(), "InBlock", "Local", "External");
}
