package io.vilokanam.pallets.balances;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.LockableCurrency;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.StorageLayer;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Locks on balances. Source: pallet-balances, {@code impl_currency.rs} and {@code update_locks}. */
final class Locks implements LockableCurrency {

    private final BalancesStorage storage;
    private final int locksMax;
    private final Accounts accounts;
    private final EventSink<Balances.Event> events;

    Locks(BalancesStorage storage, int locksMax, Accounts accounts, EventSink<Balances.Event> events) {
        this.storage = storage;
        this.locksMax = locksMax;
        this.accounts = accounts;
        this.events = events;
    }

    @Override
    public void setLock(Externalities ext, Bytes id, AccountId who, U128 amount, Set<WithdrawReason> reasons)
            throws DispatchException {
        if (reasons.isEmpty() || amount.isZero()) {
            removeLock(ext, id, who);
            return;
        }
        update(ext, who, with(storage.locks().get(ext, who), new BalanceLock(id, amount, reasonsOf(reasons))));
    }

    @Override
    public void extendLock(Externalities ext, Bytes id, AccountId who, U128 amount, Set<WithdrawReason> reasons)
            throws DispatchException {
        if (reasons.isEmpty() || amount.isZero()) {
            return;
        }
        List<BalanceLock> present = storage.locks().get(ext, who);
        Optional<BalanceLock> old = present.stream().filter(lock -> lock.id().equals(id)).findFirst();
        BalanceLock.Reasons added = reasonsOf(reasons);
        BalanceLock lock = old.map(before -> new BalanceLock(id, before.amount().max(amount),
                before.reasons() == added ? added : BalanceLock.Reasons.ALL))
                .orElse(new BalanceLock(id, amount, added));
        update(ext, who, with(present, lock));
    }

    @Override
    public void removeLock(Externalities ext, Bytes id, AccountId who) throws DispatchException {
        update(ext, who, storage.locks().get(ext, who).stream().filter(lock -> !lock.id().equals(id)).toList());
    }

    private static BalanceLock.Reasons reasonsOf(Set<WithdrawReason> reasons) {
        if (!reasons.contains(WithdrawReason.TRANSACTION_PAYMENT)) {
            return BalanceLock.Reasons.MISC;
        }
        return reasons.size() == 1 ? BalanceLock.Reasons.FEE : BalanceLock.Reasons.ALL;
    }

    /** The list with the lock replaced in its place or added at the end. */
    private static List<BalanceLock> with(List<BalanceLock> present, BalanceLock lock) {
        List<BalanceLock> changed = new ArrayList<>();
        boolean found = false;
        for (BalanceLock each : present) {
            boolean same = each.id().equals(lock.id());
            changed.add(same ? lock : each);
            found |= same;
        }
        if (!found) {
            changed.add(lock);
        }
        return changed;
    }

    private void update(Externalities ext, AccountId who, List<BalanceLock> locks) throws DispatchException {
        if (locks.size() > locksMax) {
            ext.log("runtime::balances", "an account has more than " + locksMax + " locks");
        }
        U128 frozen = U128.ZERO;
        for (BalanceLock lock : locks) {
            frozen = frozen.max(lock.amount());
        }
        for (IdAmount freeze : storage.freezes().get(ext, who)) {
            frozen = frozen.max(freeze.amount());
        }
        U128 after = frozen;
        accounts.ensureUpgraded(ext, who);
        U128 before = accounts.get(ext, who).frozen();
        // As in the reference, the lock is noted also where the account takes no further consumer.
        StorageLayer.attempt(ext, () -> accounts.change(ext, who,
                (account, _) -> new Accounts.Changed<>(account.withFrozen(after), after)));
        if (locks.isEmpty()) {
            storage.locks().remove(ext, who);
        } else {
            storage.locks().put(ext, who, locks);
        }
        if (before.isMoreThan(after)) {
            events.deposit(ext, new Balances.Event.Unlocked(who, before.minus(after)));
        } else if (after.isMoreThan(before)) {
            events.deposit(ext, new Balances.Event.Locked(who, after.minus(before)));
        }
    }
}
