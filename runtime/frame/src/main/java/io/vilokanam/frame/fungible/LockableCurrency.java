package io.vilokanam.frame.fungible;

import java.util.Set;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/**
 * Floors under the balance of an account, told apart by ids of eight bytes; they overlap
 * ({@code frame_support::traits::LockableCurrency}). Events: Locked or Unlocked, where what is frozen changes.
 */
public interface LockableCurrency {

    /** For what a lock keeps funds from being used ({@code WithdrawReasons}). */
    enum WithdrawReason {
        TRANSACTION_PAYMENT, TRANSFER, RESERVE, FEE, TIP
    }

    /** Makes or replaces a lock; one of nothing or without reasons is removed. */
    void setLock(Externalities ext, Bytes id, AccountId who, U128 amount, Set<WithdrawReason> reasons)
            throws DispatchException;

    /** Makes a lock or widens it, both amount and reasons. */
    void extendLock(Externalities ext, Bytes id, AccountId who, U128 amount, Set<WithdrawReason> reasons)
            throws DispatchException;

    void removeLock(Externalities ext, Bytes id, AccountId who) throws DispatchException;
}
