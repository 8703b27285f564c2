package io.vilokanam.pallets.balances;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.Credit;
import io.vilokanam.frame.fungible.Currency;
import io.vilokanam.frame.fungible.Debt;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/** Free balances by the older rules. Source: pallet-balances, {@code impl_currency.rs}; failing writes are not taken back. */
final class OlderCurrency implements Currency {

    private final BalancesStorage storage;
    private final Accounts accounts;
    private final NativeCurrency currency;
    private final EventSink<Balances.Event> events;

    OlderCurrency(BalancesStorage storage, Accounts accounts, NativeCurrency currency,
            EventSink<Balances.Event> events) {
        this.storage = storage;
        this.accounts = accounts;
        this.currency = currency;
        this.events = events;
    }

    @Override
    public U128 minimumBalance() {
        return accounts.existentialDeposit();
    }

    @Override
    public U128 freeBalance(Externalities ext, AccountId who) {
        return accounts.get(ext, who).free();
    }

    @Override
    public Debt depositCreating(Externalities ext, AccountId who, U128 amount) {
        if (amount.isZero()) {
            return Debt.ZERO;
        }
        try {
            return currency.changeAndDropDust(ext, who, (account, isNew) -> {
                DispatchException.ensure(!isNew || amount.isAtLeast(minimumBalance()),
                        Balances.Error.EXISTENTIAL_DEPOSIT);
                if (account.free().wouldOverflow(amount)) {
                    return new Accounts.Changed<>(account, Debt.ZERO);
                }
                events.deposit(ext, new Balances.Event.Deposit(who, amount));
                return new Accounts.Changed<>(account.withFree(account.free().plus(amount)), new Debt(amount));
            });
        } catch (DispatchException refused) {
            ext.log("runtime::balances", who + " did not take a deposit of " + amount + ": " + refused.getMessage());
            return Debt.ZERO;
        }
    }

    @Override
    public Credit withdraw(Externalities ext, AccountId who, U128 amount, boolean keepAlive)
            throws DispatchException {
        if (amount.isZero()) {
            return Credit.ZERO;
        }
        return currency.changeAndDropDust(ext, who, (account, _) -> {
            DispatchException.ensure(account.free().isAtLeast(amount), Balances.Error.INSUFFICIENT_BALANCE);
            U128 left = account.free().minus(amount);
            boolean wouldKill = left.isLessThan(minimumBalance()) && account.free().isAtLeast(minimumBalance());
            DispatchException.ensure(!keepAlive || !wouldKill, Balances.Error.EXPENDABILITY);
            // The lock is asked of the stored account, which is the one given here.
            DispatchException.ensure(left.isAtLeast(account.frozen()), Balances.Error.LIQUIDITY_RESTRICTIONS);
            events.deposit(ext, new Balances.Event.Withdraw(who, amount));
            return new Accounts.Changed<>(account.withFree(left), new Credit(amount));
        });
    }

    @Override
    public void makeFreeBalanceBe(Externalities ext, AccountId who, U128 amount) {
        try {
            U128 before = currency.changeAndDropDust(ext, who, (account, isNew) -> {
                DispatchException.ensure(!isNew || amount.isAtLeast(minimumBalance()),
                        Balances.Error.EXISTENTIAL_DEPOSIT);
                events.deposit(ext, new Balances.Event.BalanceSet(who, amount));
                return new Accounts.Changed<>(account.withFree(amount), account.free());
            });
            drop(ext, new Debt(amount.saturatingMinus(before)));
            drop(ext, new Credit(before.saturatingMinus(amount)));
        } catch (DispatchException refused) {
            ext.log("runtime::balances", who + " did not take the balance " + amount + ": " + refused.getMessage());
        }
    }

    @Override
    public void drop(Externalities ext, Credit credit) {
        if (!credit.amount().isZero()) {
            currency.takeFromIssuance(ext, credit.amount());
            events.deposit(ext, new Balances.Event.Rescinded(credit.amount()));
        }
    }

    @Override
    public void drop(Externalities ext, Debt debt) {
        if (!debt.amount().isZero()) {
            currency.addToIssuance(ext, debt.amount());
            events.deposit(ext, new Balances.Event.Issued(debt.amount()));
        }
    }

    @Override
    public void deactivate(Externalities ext, U128 amount) {
        storage.inactiveIssuance().mutate(ext,
                inactive -> inactive.saturatingPlus(amount).min(currency.totalIssuance(ext)));
    }

    @Override
    public void reactivate(Externalities ext, U128 amount) {
        storage.inactiveIssuance().mutate(ext, inactive -> inactive.saturatingMinus(amount));
    }
}
