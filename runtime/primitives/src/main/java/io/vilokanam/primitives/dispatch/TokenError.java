package io.vilokanam.primitives.dispatch;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/** Why tokens could not be moved ({@code sp_runtime::TokenError}). */
public enum TokenError {
    /** The balance, or what of it may be used, is too low. */
    FUNDS_UNAVAILABLE,
    /** The account is needed by others and would be reaped. */
    ONLY_PROVIDER,
    /** The amount would leave an account below the existential deposit. */
    BELOW_MINIMUM,
    /** The account cannot be created. */
    CANNOT_CREATE,
    /** There is no such asset. */
    UNKNOWN_ASSET,
    /** Funds are frozen. */
    FROZEN,
    /** The operation is not supported by the asset. */
    UNSUPPORTED,
    /** An account for a hold cannot be created. */
    CANNOT_CREATE_HOLD,
    /** The account would die and must not. */
    NOT_EXPENDABLE,
    /** The account cannot receive the assets. */
    BLOCKED;

    public static final Codec<TokenError> CODEC = Variants.ofEnum("sp_runtime::TokenError", values(),
            "FundsUnavailable",
            "OnlyProvider", "BelowMinimum", "CannotCreate", "UnknownAsset", "Frozen", "Unsupported", "CannotCreateHold",
            "NotExpendable", "Blocked");
}
