package io.vilokanam.frame.fungible;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/**
 * The older way to put tokens of an account aside, without a reason ({@code frame_support::traits::ReservableCurrency}):
 * what deposits of identities, multisigs, proxies and proposals are made of.
 */
public interface ReservableCurrency {

    boolean canReserve(Externalities ext, AccountId who, U128 amount);

    U128 reservedBalance(Externalities ext, AccountId who);

    /** Moves free balance aside; the rest stays at or above what is frozen. Event: Reserved. */
    void reserve(Externalities ext, AccountId who, U128 amount) throws DispatchException;

    /**
     * Moves reserved balance back to the free one, as much as there is. Event: Unreserved.
     *
     * @return what could not be moved
     */
    U128 unreserve(Externalities ext, AccountId who, U128 amount) throws DispatchException;

    /** What was taken from a reserve, and how much of the amount was not there. */
    record Slashed(Credit credit, U128 missing) {}

    /** Takes reserved balance away, as much as there is; the credit must be used or dropped. Event: Slashed. */
    Slashed slashReserved(Externalities ext, AccountId who, U128 amount) throws DispatchException;

    /** Gives up what was slashed: the total issuance sinks by it. Event: Rescinded, unless it is nothing. */
    void dropSlashed(Externalities ext, Credit credit);

    /**
     * Moves reserved balance of one account to another that exists, as much as there is and nothing freezes. Event:
     * ReserveRepatriated.
     *
     * @return what could not be moved
     */
    U128 repatriateReserved(Externalities ext, AccountId slashed, AccountId beneficiary, U128 amount,
            BalanceStatus status)
            throws DispatchException;
}
