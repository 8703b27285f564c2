package io.vilokanam.frame.fungible;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/**
 * A currency as other pallets use it ({@code frame_support::traits::fungible}: {@code Inspect}, {@code Mutate} and
 * {@code Balanced}). Amounts are in plancks. What fails may have written: call it within a storage layer, as every dispatch
 * does.
 */
public interface Fungible {

    /** All tokens that exist. */
    U128 totalIssuance(Externalities ext);

    /** All tokens that exist but those set inactive. */
    U128 activeIssuance(Externalities ext);

    /** The least free balance that keeps an account: the existential deposit. */
    U128 minimumBalance();

    /** The free balance: what is not on hold. */
    U128 balance(Externalities ext, AccountId who);

    /** Free and held balance together. */
    U128 totalBalance(Externalities ext, AccountId who);

    /** The most that could be taken from the account right now. */
    U128 reducibleBalance(Externalities ext, AccountId who, Preservation preservation, Fortitude fortitude);

    DepositConsequence canDeposit(Externalities ext, AccountId who, U128 amount, Provenance provenance);

    WithdrawConsequence canWithdraw(Externalities ext, AccountId who, U128 amount);

    /** Creates tokens in an account. Event: Minted. */
    U128 mintInto(Externalities ext, AccountId who, U128 amount) throws DispatchException;

    /**
     * Destroys tokens of an account. Event: Burned.
     *
     * @return how many: less than {@code amount} only with {@link Precision#BEST_EFFORT}
     */
    U128 burnFrom(Externalities ext, AccountId who, U128 amount, Preservation preservation, Precision precision,
            Fortitude fortitude) throws DispatchException;

    /**
     * Moves free balance. Event: Transfer, behind those of accounts that are created or die by it; none where both accounts
     * are the same.
     *
     * @return the amount
     */
    U128 transfer(Externalities ext, AccountId source, AccountId destination, U128 amount, Preservation preservation)
            throws DispatchException;

    /** Takes tokens out of an account, for instance a fee. Event: Withdraw. */
    Credit withdraw(Externalities ext, AccountId who, U128 amount, Precision precision, Preservation preservation,
            Fortitude fortitude) throws DispatchException;

    /** Puts tokens into an account, for instance what is refunded of a fee. Event: Deposit, also where nothing came in. */
    Debt deposit(Externalities ext, AccountId who, U128 amount, Precision precision) throws DispatchException;

    /** Gives up a credit: the total issuance sinks by it. No event. */
    void drop(Externalities ext, Credit credit);

    /** Gives up a debt: the total issuance rises by it. No event. */
    void drop(Externalities ext, Debt debt);
}
