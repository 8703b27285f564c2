package io.vilokanam.frame.fungible;

import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.dispatch.ArithmeticError;
import io.vilokanam.primitives.dispatch.TokenError;
import io.vilokanam.scale.U128;

/** What a withdrawal would lead to ({@code frame_support::traits::tokens::WithdrawConsequence}). */
public sealed interface WithdrawConsequence {

    /** The account has less than that. */
    record BalanceLow() implements WithdrawConsequence {}

    /** The account would die while others refer to it. */
    record WouldDie() implements WithdrawConsequence {}

    /** There is no such asset. */
    record UnknownAsset() implements WithdrawConsequence {}

    /** The total issuance is less than that: the state is corrupt. */
    record Underflow() implements WithdrawConsequence {}

    /** A balance would overflow: the state is corrupt. */
    record Overflow() implements WithdrawConsequence {}

    /** Part of the funds is frozen, or needed to keep the account. */
    record Frozen() implements WithdrawConsequence {}

    /** The account's free balance falls below the minimum; {@code dust} is what is lost with it. */
    record ReducedToZero(U128 dust) implements WithdrawConsequence {}

    /** The withdrawal can be made and the account lives on. */
    record Success() implements WithdrawConsequence {}

    /**
     * Fails with the error that the consequence stands for.
     *
     * @param keepNonZero whether an account that falls to zero is an error too
     * @return by how much more than the amount the account is reduced
     */
    default U128 ensure(boolean keepNonZero) throws DispatchException {
        return switch (this) {
            case BalanceLow() -> throw new DispatchException(TokenError.FUNDS_UNAVAILABLE);
            case WouldDie() -> throw new DispatchException(TokenError.ONLY_PROVIDER);
            case UnknownAsset() -> throw new DispatchException(TokenError.UNKNOWN_ASSET);
            case Underflow() -> throw new DispatchException(ArithmeticError.UNDERFLOW);
            case Overflow() -> throw new DispatchException(ArithmeticError.OVERFLOW);
            case Frozen() -> throw new DispatchException(TokenError.FROZEN);
            case ReducedToZero(U128 dust) -> {
                if (keepNonZero) {
                    throw new DispatchException(TokenError.NOT_EXPENDABLE);
                }
                yield dust;
            }
            case Success() -> U128.ZERO;
        };
    }
}
