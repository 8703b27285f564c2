package io.vilokanam.primitives.dispatch;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/** Why a storage transaction could not be opened ({@code sp_runtime::TransactionalError}). */
public enum TransactionalError {
    /** Too many layers are open. */
    LIMIT_REACHED,
    /** A layer was needed and none is open. */
    NO_LAYER;

    public static final Codec<TransactionalError> CODEC = Variants.ofEnum("sp_runtime::TransactionalError", values(),
            "LimitReached", "NoLayer");
}
