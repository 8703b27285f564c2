package io.vilokanam.pallets.transactionpayment;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.frame.fungible.Credit;
import io.vilokanam.frame.fungible.Debt;
import io.vilokanam.frame.fungible.Fortitude;
import io.vilokanam.frame.fungible.Fungible;
import io.vilokanam.frame.fungible.Precision;
import io.vilokanam.frame.fungible.Preservation;
import io.vilokanam.frame.fungible.WithdrawConsequence;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.scale.U128;

/**
 * Fees are paid from the free balance, never with the existential deposit, and nobody gets them: the total issuance sinks
 * ({@code FungibleAdapter<Balances, ()>}).
 */
public record BurnedFees(Fungible currency) implements OnChargeTransaction {

    @Override
    public void canWithdrawFee(Externalities ext, AccountId who, U128 fee) throws ValidityException {
        if (!fee.isZero() && !(currency.canWithdraw(ext, who, fee) instanceof WithdrawConsequence.Success)) {
            throw cannotPay();
        }
    }

    @Override
    public U128 withdrawFee(Externalities ext, AccountId who, U128 fee) throws ValidityException {
        if (fee.isZero()) {
            return fee;
        }
        try {
            return currency.withdraw(ext, who, fee, Precision.EXACT, Preservation.PRESERVE, Fortitude.POLITE).amount();
        } catch (DispatchException poor) {
            throw cannotPay();
        }
    }

    @Override
    public void correctAndDepositFee(Externalities ext, AccountId who, U128 withdrawn, U128 fee, U128 tip) {
        if (withdrawn.isZero()) {
            return;
        }
        U128 surplus = withdrawn.saturatingMinus(fee);
        Debt refund = surplus.isZero() || currency.totalBalance(ext, who).isZero() ? Debt.ZERO
                : refund(ext, who, surplus);
        currency.drop(ext, new Credit(withdrawn).offset(refund));
    }

    /** An account that cannot be refunded keeps to what it paid. */
    private Debt refund(Externalities ext, AccountId who, U128 surplus) {
        try {
            return currency.deposit(ext, who, surplus, Precision.BEST_EFFORT);
        } catch (DispatchException refused) {
            return Debt.ZERO;
        }
    }

    private static ValidityException cannotPay() {
        return new ValidityException(new InvalidTransaction.Payment());
    }
}
