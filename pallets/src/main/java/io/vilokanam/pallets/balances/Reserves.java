package io.vilokanam.pallets.balances;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.BalanceStatus;
import io.vilokanam.frame.fungible.Credit;
import io.vilokanam.frame.fungible.Fortitude;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.dispatch.ArithmeticError;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.scale.U128;

/** Reserves without a name. Source: pallet-balances, {@code impl_currency.rs}, {@code do_transfer_reserved}. */
final class Reserves implements ReservableCurrency {

    private static final DispatchError OVERFLOW = new DispatchError.Arithmetic(ArithmeticError.OVERFLOW);

    private final Accounts accounts;
    private final NativeCurrency currency;
    private final Holds holds;
    private final EventSink<Balances.Event> events;

    Reserves(Accounts accounts, NativeCurrency currency, Holds holds, EventSink<Balances.Event> events) {
        this.accounts = accounts;
        this.currency = currency;
        this.holds = holds;
        this.events = events;
    }

    @Override
    public boolean canReserve(Externalities ext, AccountId who, U128 amount) {
        if (amount.isZero()) {
            return true;
        }
        AccountData account = accounts.get(ext, who);
        if (account.free().isLessThan(amount)) {
            return false;
        }
        U128 left = account.free().minus(amount);
        return left.isAtLeast(accounts.existentialDeposit()) && left.isAtLeast(account.frozen());
    }

    @Override
    public U128 reservedBalance(Externalities ext, AccountId who) {
        return accounts.get(ext, who).reserved();
    }

    @Override
    public void reserve(Externalities ext, AccountId who, U128 amount) throws DispatchException {
        if (amount.isZero()) {
            return;
        }
        currency.changeAndDropDust(ext, who, (account, _) -> {
            DispatchException.ensure(account.free().isAtLeast(amount), Balances.Error.INSUFFICIENT_BALANCE);
            DispatchException.ensure(!account.reserved().wouldOverflow(amount), OVERFLOW);
            U128 left = account.free().minus(amount);
            DispatchException.ensure(left.isAtLeast(account.frozen()), Balances.Error.LIQUIDITY_RESTRICTIONS);
            return new Accounts.Changed<>(account.withFree(left).withReserved(account.reserved().plus(amount)), amount);
        });
        events.deposit(ext, new Balances.Event.Reserved(who, amount));
    }

    @Override
    public U128 unreserve(Externalities ext, AccountId who, U128 amount) throws DispatchException {
        if (amount.isZero() || accounts.get(ext, who).total().isZero()) {
            return amount;
        }
        U128 actual = currency.changeAndDropDust(ext, who, (account, _) -> {
            U128 moved = account.reserved().min(amount);
            return new Accounts.Changed<>(account.withReserved(account.reserved().minus(moved))
                    .withFree(account.free().saturatingPlus(moved)), moved);
        });
        events.deposit(ext, new Balances.Event.Unreserved(who, actual));
        return amount.minus(actual);
    }

    @Override
    public Slashed slashReserved(Externalities ext, AccountId who, U128 amount) throws DispatchException {
        if (amount.isZero() || accounts.get(ext, who).total().isZero()) {
            return new Slashed(Credit.ZERO, amount);
        }
        U128 actual = currency.changeAndDropDust(ext, who, (account, _) -> {
            U128 taken = account.reserved().min(amount);
            return new Accounts.Changed<>(account.withReserved(account.reserved().minus(taken)), taken);
        });
        events.deposit(ext, new Balances.Event.Slashed(who, actual));
        return new Slashed(new Credit(actual), amount.minus(actual));
    }

    @Override
    public void dropSlashed(Externalities ext, Credit credit) {
        if (!credit.amount().isZero()) {
            currency.takeFromIssuance(ext, credit.amount());
            events.deposit(ext, new Balances.Event.Rescinded(credit.amount()));
        }
    }

    @Override
    public U128 repatriateReserved(Externalities ext, AccountId slashed, AccountId beneficiary, U128 amount,
            BalanceStatus status) throws DispatchException {
        if (amount.isZero()) {
            return U128.ZERO;
        }
        U128 actual = amount.min(holds.reducible(ext, slashed, Fortitude.POLITE));
        if (slashed.equals(beneficiary)) {
            U128 kept = status == BalanceStatus.FREE ? unreserve(ext, slashed, actual) : U128.ZERO;
            return amount.minus(actual.saturatingMinus(kept));
        }
        move(ext, slashed, beneficiary, actual, status);
        events.deposit(ext, new Balances.Event.ReserveRepatriated(slashed, beneficiary, actual, status));
        return amount.minus(actual);
    }

    /** The beneficiary's change encloses the other one, so the other one's events come first. */
    private void move(Externalities ext, AccountId slashed, AccountId beneficiary, U128 amount, BalanceStatus status)
            throws DispatchException {
        U128 dust = currency.changeAndDropDust(ext, beneficiary, (to, isNew) -> {
            DispatchException.ensure(!isNew, Balances.Error.DEAD_ACCOUNT);
            var inner = accounts.change(ext, slashed, (from, _) -> new Accounts.Changed<>(
                    from.withReserved(from.reserved().saturatingMinus(amount)), credited(to, amount, status)));
            return new Accounts.Changed<>(inner.result(), inner.dust().orElse(U128.ZERO));
        });
        currency.takeFromIssuance(ext, dust);
    }

    private static AccountData credited(AccountData to, U128 amount, BalanceStatus status) throws DispatchException {
        U128 before = status == BalanceStatus.FREE ? to.free() : to.reserved();
        DispatchException.ensure(!before.wouldOverflow(amount), OVERFLOW);
        U128 after = before.plus(amount);
        return status == BalanceStatus.FREE ? to.withFree(after) : to.withReserved(after);
    }
}
