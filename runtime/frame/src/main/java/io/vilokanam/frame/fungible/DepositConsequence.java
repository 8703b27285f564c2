package io.vilokanam.frame.fungible;

import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.dispatch.ArithmeticError;
import io.vilokanam.primitives.dispatch.TokenError;

/** What a deposit would lead to ({@code frame_support::traits::tokens::DepositConsequence}). */
public enum DepositConsequence {
    /** The account does not exist and would stay below the existential deposit. */
    BELOW_MINIMUM,
    /** The account cannot be created. */
    CANNOT_CREATE,
    /** There is no such asset. */
    UNKNOWN_ASSET,
    /** A balance or the total issuance would overflow. */
    OVERFLOW,
    /** The deposit can be made. */
    SUCCESS,
    /** The account may not receive the asset. */
    BLOCKED;

    /** Fails with the error that the consequence stands for. */
    public void ensure() throws DispatchException {
        switch (this) {
            case BELOW_MINIMUM -> throw new DispatchException(TokenError.BELOW_MINIMUM);
            case CANNOT_CREATE -> throw new DispatchException(TokenError.CANNOT_CREATE);
            case UNKNOWN_ASSET -> throw new DispatchException(TokenError.UNKNOWN_ASSET);
            case OVERFLOW -> throw new DispatchException(ArithmeticError.OVERFLOW);
            case BLOCKED -> throw new DispatchException(TokenError.BLOCKED);
            case SUCCESS -> {
            }
        }
    }
}
