package io.vilokanam.pallets.balances;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.DepositConsequence;
import io.vilokanam.frame.fungible.Fortitude;
import io.vilokanam.frame.fungible.FungibleHold;
import io.vilokanam.frame.fungible.HoldReason;
import io.vilokanam.frame.fungible.Precision;
import io.vilokanam.frame.fungible.Preservation;
import io.vilokanam.frame.fungible.Provenance;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.dispatch.ArithmeticError;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.TokenError;
import io.vilokanam.scale.U128;

/**
 * Holds on balances. Source: pallet-balances, {@code impl_fungible.rs}, and the default methods of frame-support's
 * {@code fungible::hold}; of events there is none at this version.
 */
final class Holds implements FungibleHold {

    private static final DispatchError FUNDS_UNAVAILABLE = new DispatchError.Token(TokenError.FUNDS_UNAVAILABLE);
    private static final DispatchError CANNOT_CREATE_HOLD = new DispatchError.Token(TokenError.CANNOT_CREATE_HOLD);
    private static final DispatchError CANNOT_CREATE = new DispatchError.Token(TokenError.CANNOT_CREATE);
    private static final DispatchError FROZEN = new DispatchError.Token(TokenError.FROZEN);

    private final StorageMap<AccountId, List<IdAmount>> holds;
    private final int holdsMax;
    private final Accounts accounts;
    private final NativeCurrency currency;

    Holds(StorageMap<AccountId, List<IdAmount>> holds, int holdsMax, Accounts accounts, NativeCurrency currency) {
        this.holds = holds;
        this.holdsMax = holdsMax;
        this.accounts = accounts;
        this.currency = currency;
    }

    @Override
    public U128 balanceOnHold(Externalities ext, HoldReason reason, AccountId who) {
        return holds.get(ext, who).stream().filter(hold -> hold.id().equals(reason)).map(IdAmount::amount).findFirst()
                .orElse(U128.ZERO);
    }

    @Override
    public U128 totalBalanceOnHold(Externalities ext, AccountId who) {
        return accounts.get(ext, who).reserved();
    }

    /** What may be taken from the holds: freezes count for free and held balance together. */
    U128 reducible(Externalities ext, AccountId who, Fortitude fortitude) {
        AccountData account = accounts.get(ext, who);
        U128 unavailable = fortitude == Fortitude.FORCE ? U128.ZERO : account.frozen().saturatingMinus(account.free());
        return account.reserved().saturatingMinus(unavailable);
    }

    @Override
    public boolean canHold(Externalities ext, HoldReason reason, AccountId who, U128 amount) {
        return isCovered(ext, who, amount) && isAvailable(ext, reason, who);
    }

    private boolean isCovered(Externalities ext, AccountId who, U128 amount) {
        return currency.reducibleBalance(ext, who, Preservation.PROTECT, Fortitude.FORCE).isAtLeast(amount);
    }

    private boolean isAvailable(Externalities ext, HoldReason reason, AccountId who) {
        if (!accounts.lives(ext, who)) {
            return false;
        }
        List<IdAmount> present = holds.get(ext, who);
        return present.size() < holdsMax || present.stream().anyMatch(hold -> hold.id().equals(reason));
    }

    @Override
    public void hold(Externalities ext, HoldReason reason, AccountId who, U128 amount) throws DispatchException {
        DispatchException.ensure(isCovered(ext, who, amount), FUNDS_UNAVAILABLE);
        DispatchException.ensure(isAvailable(ext, reason, who), CANNOT_CREATE_HOLD);
        currency.decrease(ext, who, amount, Precision.EXACT, Preservation.PROTECT, Fortitude.FORCE);
        U128 old = balanceOnHold(ext, reason, who);
        U128 held = old.saturatingPlus(amount);
        if (!held.equals(old)) {
            set(ext, reason, who, held);
        }
    }

    @Override
    public U128 release(Externalities ext, HoldReason reason, AccountId who, U128 amount, Precision precision)
            throws DispatchException {
        ensureCanReceive(ext, who, amount);
        U128 released = decrease(ext, reason, who, amount, precision);
        return currency.increase(ext, who, released, Precision.BEST_EFFORT);
    }

    @Override
    public U128 burnHeld(Externalities ext, HoldReason reason, AccountId who, U128 amount, Precision precision,
            Fortitude fortitude) throws DispatchException {
        U128 liquid = reducible(ext, who, fortitude);
        DispatchException.ensure(precision == Precision.BEST_EFFORT || liquid.isAtLeast(amount), FROZEN);
        U128 burned = decrease(ext, reason, who, amount.min(liquid), precision);
        currency.takeFromIssuance(ext, burned);
        return burned;
    }

    @Override
    public U128 transferOnHold(Externalities ext, HoldReason reason, AccountId source, AccountId destination,
            U128 amount,
            Precision precision, Fortitude fortitude) throws DispatchException {
        U128 have = balanceOnHold(ext, reason, source);
        U128 liquid = reducible(ext, source, fortitude);
        boolean bestEffort = precision == Precision.BEST_EFFORT;
        DispatchException.ensure(bestEffort || liquid.isAtLeast(amount), FROZEN);
        DispatchException.ensure(bestEffort || have.isAtLeast(amount), FUNDS_UNAVAILABLE);
        U128 moved = amount.min(liquid).min(have);
        ensureCanReceive(ext, destination, moved);
        U128 taken = decrease(ext, reason, source, moved, precision);
        return currency.increase(ext, destination, taken, precision);
    }

    private void ensureCanReceive(Externalities ext, AccountId who, U128 amount) throws DispatchException {
        DispatchException.ensure(
                currency.canDeposit(ext, who, amount, Provenance.EXTANT) == DepositConsequence.SUCCESS, CANNOT_CREATE);
    }

    private U128 decrease(Externalities ext, HoldReason reason, AccountId who, U128 amount, Precision precision)
            throws DispatchException {
        U128 old = balanceOnHold(ext, reason, who);
        U128 taken = precision == Precision.BEST_EFFORT ? amount.min(old) : amount;
        DispatchException.ensure(old.isAtLeast(taken), FUNDS_UNAVAILABLE);
        set(ext, reason, who, old.minus(taken));
        return taken;
    }

    /** Sets a hold to an amount and the account's reserved balance with it; the free balance is the caller's matter. */
    private void set(Externalities ext, HoldReason reason, AccountId who, U128 amount) throws DispatchException {
        AccountData account = accounts.get(ext, who);
        U128 old = balanceOnHold(ext, reason, who);
        List<IdAmount> changed = with(holds.get(ext, who), new IdAmount(reason, amount));
        DispatchException.ensure(changed.size() <= holdsMax, Balances.Error.TOO_MANY_HOLDS);
        AccountData after = account.withReserved(replace(account.reserved(), old, amount));
        accounts.change(ext, who, (_, _) -> new Accounts.Changed<>(after, amount));
        holds.put(ext, who, changed);
    }

    /** The list with the hold replaced in its place or added at the end; holds of nothing are left out. */
    private static List<IdAmount> with(List<IdAmount> present, IdAmount hold) {
        List<IdAmount> changed = new ArrayList<>();
        boolean found = false;
        for (IdAmount each : present) {
            boolean same = each.id().equals(hold.id());
            changed.add(same ? hold : each);
            found |= same;
        }
        if (!found) {
            changed.add(hold);
        }
        changed.removeIf(each -> each.amount().isZero());
        return changed;
    }

    private static U128 replace(U128 reserved, U128 old, U128 amount) throws DispatchException {
        if (amount.isMoreThan(old)) {
            U128 more = amount.minus(old);
            DispatchException.ensure(!reserved.wouldOverflow(more),
                    new DispatchError.Arithmetic(ArithmeticError.OVERFLOW));
            return reserved.plus(more);
        }
        U128 less = old.minus(amount);
        DispatchException.ensure(reserved.isAtLeast(less), new DispatchError.Arithmetic(ArithmeticError.UNDERFLOW));
        return reserved.minus(less);
    }
}
