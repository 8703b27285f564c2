package io.vilokanam.frame.fungible;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/**
 * The older form of a currency ({@code frame_support::traits::Currency}), as far as it is not in {@link Fungible}: here the
 * total issuance tells of what is given up, with Issued and Rescinded. Amounts are plancks.
 */
public interface Currency {

    U128 minimumBalance();

    U128 freeBalance(Externalities ext, AccountId who);

    /**
     * Puts tokens into an account, which may be new by it. Event: Deposit.
     *
     * @return what came in: nothing where the account cannot take it all
     */
    Debt depositCreating(Externalities ext, AccountId who, U128 amount);

    /** Takes free balance that nothing locks; with {@code keepAlive} not so much that the account dies. Event: Withdraw. */
    Credit withdraw(Externalities ext, AccountId who, U128 amount, boolean keepAlive) throws DispatchException;

    /** Sets a free balance at once, and the total issuance with it. Event: BalanceSet. */
    void makeFreeBalanceBe(Externalities ext, AccountId who, U128 amount);

    /** Gives up a credit: the total issuance sinks by it. Event: Rescinded, unless it is nothing. */
    void drop(Externalities ext, Credit credit);

    /** Gives up a debt: the total issuance rises by it. Event: Issued, unless it is nothing. */
    void drop(Externalities ext, Debt debt);

    /** Sets one off against the other and gives up what is left. */
    default void offset(Externalities ext, Credit credit, Debt debt) {
        drop(ext, new Credit(credit.amount().saturatingMinus(debt.amount())));
        drop(ext, new Debt(debt.amount().saturatingMinus(credit.amount())));
    }

    /** Puts a credit into an account; what cannot be put there is given up. */
    default void resolveCreating(Externalities ext, AccountId who, Credit credit) {
        offset(ext, credit, depositCreating(ext, who, credit.amount()));
    }

    /** Notes that tokens are out of use: the active issuance sinks by them. */
    void deactivate(Externalities ext, U128 amount);

    /** Notes that tokens are in use again. */
    void reactivate(Externalities ext, U128 amount);
}
