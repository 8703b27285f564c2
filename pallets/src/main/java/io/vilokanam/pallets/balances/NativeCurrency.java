package io.vilokanam.pallets.balances;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.AccountStore.View;
import io.vilokanam.frame.fungible.Credit;
import io.vilokanam.frame.fungible.Debt;
import io.vilokanam.frame.fungible.DepositConsequence;
import io.vilokanam.frame.fungible.Fortitude;
import io.vilokanam.frame.fungible.Fungible;
import io.vilokanam.frame.fungible.Precision;
import io.vilokanam.frame.fungible.Preservation;
import io.vilokanam.frame.fungible.Provenance;
import io.vilokanam.frame.fungible.WithdrawConsequence;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.dispatch.ArithmeticError;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.TokenError;
import io.vilokanam.scale.U128;

/**
 * The free balances of the chain's own currency. Source: pallet-balances, {@code impl_fungible.rs}, and the default methods
 * of frame-support's {@code fungible::regular}.
 */
final class NativeCurrency implements Fungible {

    private static final DispatchError FUNDS_UNAVAILABLE = new DispatchError.Token(TokenError.FUNDS_UNAVAILABLE);
    private static final DispatchError OVERFLOW = new DispatchError.Arithmetic(ArithmeticError.OVERFLOW);

    private final BalancesStorage storage;
    private final Accounts accounts;
    private final EventSink<Balances.Event> events;

    NativeCurrency(BalancesStorage storage, Accounts accounts, EventSink<Balances.Event> events) {
        this.storage = storage;
        this.accounts = accounts;
        this.events = events;
    }

    @Override
    public U128 totalIssuance(Externalities ext) {
        return storage.totalIssuance().get(ext);
    }

    @Override
    public U128 activeIssuance(Externalities ext) {
        return totalIssuance(ext).saturatingMinus(storage.inactiveIssuance().get(ext));
    }

    @Override
    public U128 minimumBalance() {
        return accounts.existentialDeposit();
    }

    @Override
    public U128 balance(Externalities ext, AccountId who) {
        return accounts.get(ext, who).free();
    }

    @Override
    public U128 totalBalance(Externalities ext, AccountId who) {
        return accounts.get(ext, who).total();
    }

    @Override
    public U128 reducibleBalance(Externalities ext, AccountId who, Preservation preservation, Fortitude fortitude) {
        return reducible(accounts.view(ext, who), preservation, fortitude);
    }

    private U128 reducible(View<AccountData> view, Preservation preservation, Fortitude fortitude) {
        AccountData account = view.data();
        U128 untouchable = fortitude == Fortitude.POLITE ? account.frozen().saturatingMinus(account.reserved())
                : U128.ZERO;
        if (needsMinimum(view, preservation)) {
            untouchable = untouchable.max(minimumBalance());
        }
        return account.free().saturatingMinus(untouchable);
    }

    private static boolean needsMinimum(View<AccountData> view, Preservation preservation) {
        boolean lives = !view.data().free().isZero();
        return switch (preservation) {
            case PRESERVE -> true;
            case PROTECT -> lives && view.providers() == 1;
            case EXPENDABLE -> lives && !view.canLoseProvider();
        };
    }

    @Override
    public DepositConsequence canDeposit(Externalities ext, AccountId who, U128 amount, Provenance provenance) {
        if (amount.isZero()) {
            return DepositConsequence.SUCCESS;
        }
        AccountData account = accounts.get(ext, who);
        if (provenance == Provenance.MINTED && totalIssuance(ext).wouldOverflow(amount)
                || account.free().wouldOverflow(amount)) {
            return DepositConsequence.OVERFLOW;
        }
        U128 free = account.free().plus(amount);
        if (free.isLessThan(minimumBalance())) {
            return DepositConsequence.BELOW_MINIMUM;
        }
        return account.reserved().wouldOverflow(free) ? DepositConsequence.OVERFLOW : DepositConsequence.SUCCESS;
    }

    @Override
    public WithdrawConsequence canWithdraw(Externalities ext, AccountId who, U128 amount) {
        if (amount.isZero()) {
            return new WithdrawConsequence.Success();
        }
        if (totalIssuance(ext).isLessThan(amount)) {
            return new WithdrawConsequence.Underflow();
        }
        View<AccountData> view = accounts.view(ext, who);
        AccountData account = view.data();
        if (account.free().isLessThan(amount)) {
            return new WithdrawConsequence.BalanceLow();
        }
        if (amount.isMoreThan(reducible(view, Preservation.EXPENDABLE, Fortitude.POLITE))) {
            return new WithdrawConsequence.Frozen();
        }
        U128 left = account.free().minus(amount);
        boolean dies = left.isLessThan(minimumBalance());
        if (dies && !view.canLoseProvider()) {
            return new WithdrawConsequence.WouldDie();
        }
        if (left.saturatingPlus(account.reserved()).isLessThan(account.frozen())) {
            return new WithdrawConsequence.Frozen();
        }
        return dies ? new WithdrawConsequence.ReducedToZero(left) : new WithdrawConsequence.Success();
    }

    @Override
    public U128 mintInto(Externalities ext, AccountId who, U128 amount) throws DispatchException {
        DispatchException.ensure(!totalIssuance(ext).wouldOverflow(amount), OVERFLOW);
        U128 actual = increase(ext, who, amount, Precision.EXACT);
        addToIssuance(ext, actual);
        events.deposit(ext, new Balances.Event.Minted(who, amount));
        return actual;
    }

    @Override
    public U128 burnFrom(Externalities ext, AccountId who, U128 amount, Preservation preservation, Precision precision,
            Fortitude fortitude) throws DispatchException {
        U128 available = reducibleBalance(ext, who, preservation, fortitude).min(amount);
        DispatchException.ensure(available.equals(amount) || precision == Precision.BEST_EFFORT, FUNDS_UNAVAILABLE);
        DispatchException.ensure(totalIssuance(ext).isAtLeast(available), OVERFLOW);
        U128 actual = decrease(ext, who, available, Precision.BEST_EFFORT, preservation, fortitude);
        takeFromIssuance(ext, actual);
        events.deposit(ext, new Balances.Event.Burned(who, actual));
        return actual;
    }

    @Override
    public U128 transfer(Externalities ext, AccountId source, AccountId destination, U128 amount,
            Preservation preservation)
            throws DispatchException {
        canWithdraw(ext, source, amount).ensure(preservation != Preservation.EXPENDABLE);
        canDeposit(ext, destination, amount, Provenance.EXTANT).ensure();
        if (source.equals(destination)) {
            return amount;
        }
        decrease(ext, source, amount, Precision.BEST_EFFORT, preservation, Fortitude.POLITE);
        creditOrLose(ext, destination, amount);
        events.deposit(ext, new Balances.Event.Transfer(source, destination, amount));
        return amount;
    }

    /**
     * The receiving side of a transfer. It was checked before; should it fail nevertheless, which takes an account whose references
     * were written by hand, then the reference goes on and keeps what was written so far, and so do we.
     */
    private void creditOrLose(Externalities ext, AccountId who, U128 amount) {
        try {
            increase(ext, who, amount, Precision.BEST_EFFORT);
        } catch (DispatchException lost) {
            String why = lost.palletError().map(Object::toString).orElseGet(() -> lost.error().toString());
            ext.log("runtime::balances", who + " did not take a transfer of " + amount + ": " + why);
        }
    }

    @Override
    public Credit withdraw(Externalities ext, AccountId who, U128 amount, Precision precision,
            Preservation preservation,
            Fortitude fortitude) throws DispatchException {
        U128 actual = decrease(ext, who, amount, precision, preservation, fortitude);
        events.deposit(ext, new Balances.Event.Withdraw(who, actual));
        return new Credit(actual);
    }

    @Override
    public Debt deposit(Externalities ext, AccountId who, U128 amount, Precision precision) throws DispatchException {
        U128 actual = increase(ext, who, amount, precision);
        events.deposit(ext, new Balances.Event.Deposit(who, actual));
        return new Debt(actual);
    }

    @Override
    public void drop(Externalities ext, Credit credit) {
        if (!credit.amount().isZero()) {
            takeFromIssuance(ext, credit.amount());
        }
    }

    @Override
    public void drop(Externalities ext, Debt debt) {
        if (!debt.amount().isZero()) {
            addToIssuance(ext, debt.amount());
        }
    }

    /** Takes from the free balance; what is left below the existential deposit is lost with the account. */
    U128 decrease(Externalities ext, AccountId who, U128 amount, Precision precision, Preservation preservation,
            Fortitude fortitude) throws DispatchException {
        View<AccountData> view = accounts.view(ext, who);
        U128 reducible = reducible(view, preservation, fortitude);
        if (precision == Precision.EXACT) {
            DispatchException.ensure(reducible.isAtLeast(amount), FUNDS_UNAVAILABLE);
        }
        U128 taken = amount.min(reducible);
        writeFree(ext, who, view, view.data().free().minus(taken));
        return taken;
    }

    /** Adds to the free balance. With best effort, what would stay below the existential deposit is not added. */
    U128 increase(Externalities ext, AccountId who, U128 amount, Precision precision) throws DispatchException {
        View<AccountData> view = accounts.view(ext, who);
        U128 old = view.data().free();
        boolean exact = precision == Precision.EXACT;
        DispatchException.ensure(!exact || !old.wouldOverflow(amount), OVERFLOW);
        U128 free = old.saturatingPlus(amount);
        if (free.isLessThan(minimumBalance())) {
            DispatchException.ensure(!exact, new DispatchError.Token(TokenError.BELOW_MINIMUM));
            return U128.ZERO;
        }
        if (!free.equals(old)) {
            writeFree(ext, who, view, free);
        }
        return free.minus(old);
    }

    private void writeFree(Externalities ext, AccountId who, View<AccountData> view, U128 free)
            throws DispatchException {
        U128 most = reducible(view, Preservation.EXPENDABLE, Fortitude.FORCE);
        var outcome = accounts.change(ext, who, view.data(), (account, _) -> {
            DispatchException.ensure(account.free().saturatingMinus(free).compareTo(most) <= 0,
                    Balances.Error.INSUFFICIENT_BALANCE);
            return new Accounts.Changed<>(account.withFree(free), free);
        });
        outcome.dust().ifPresent(dust -> takeFromIssuance(ext, dust));
    }

    /** Changes an account by the older rules for dust, of which there is always less than the existential deposit. */
    <R> R changeAndDropDust(Externalities ext, AccountId who, Accounts.Change<R> change) throws DispatchException {
        var outcome = accounts.change(ext, who, change);
        outcome.dust().ifPresent(dust -> takeFromIssuance(ext, dust));
        return outcome.result();
    }

    void addToIssuance(Externalities ext, U128 amount) {
        storage.totalIssuance().mutate(ext, issued -> issued.saturatingPlus(amount));
    }

    void takeFromIssuance(Externalities ext, U128 amount) {
        storage.totalIssuance().mutate(ext, issued -> issued.saturatingMinus(amount));
    }
}
