package io.vilokanam.pallets.transactionpayment;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/** Where fees are taken from and where they go ({@code pallet_transaction_payment::OnChargeTransaction}). */
public interface OnChargeTransaction {

    /**
     * Whether {@code fee}, tip included, could be taken right now.
     *
     * @throws ValidityException Payment, if not
     */
    void canWithdrawFee(Externalities ext, AccountId who, U128 fee) throws ValidityException;

    /**
     * Takes the fee before the call runs.
     *
     * @return what was taken
     * @throws ValidityException Payment, if it cannot be taken
     */
    U128 withdrawFee(Externalities ext, AccountId who, U128 fee) throws ValidityException;

    /**
     * Refunds what was taken above {@code fee}, if the account still lives, and hands on the rest.
     *
     * @param withdrawn what {@link #withdrawFee} took
     * @param fee what the transaction costs after all, tip included
     */
    void correctAndDepositFee(Externalities ext, AccountId who, U128 withdrawn, U128 fee, U128 tip)
            throws ValidityException;
}
