package io.vilokanam.frame.fungible;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;

/** What becomes of tokens that were taken from somebody ({@code frame_support::traits::OnUnbalanced}). */
@FunctionalInterface
public interface OnUnbalanced {

    /** Takes a credit that is not zero; it must be used or dropped. */
    void onNonzeroUnbalanced(Externalities ext, Credit credit) throws DispatchException;

    /** Takes any credit: nothing happens for one of zero. */
    default void onUnbalanced(Externalities ext, Credit credit) throws DispatchException {
        if (!credit.amount().isZero()) {
            onNonzeroUnbalanced(ext, credit);
        }
    }
}
