package io.vilokanam.pallets.balances;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.AccountStore;
import io.vilokanam.frame.fungible.AccountStore.View;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/**
 * Changes balances of accounts and keeps the rules that go with it: a free balance from the existential deposit on provides
 * for the account, a reserve or freeze is a consumer of it, less than the existential deposit is dust. Source:
 * pallet-balances, {@code try_mutate_account} and {@code ensure_upgraded}. Total issuance is the callers' matter.
 */
final class Accounts {

    /** A new balance, and what the caller of the change is told. */
    record Changed<R>(AccountData account, R result) {}

    @FunctionalInterface
    interface Change<R> {
        /** @param isNew whether nothing was stored for the account */
        Changed<R> apply(AccountData account, boolean isNew) throws DispatchException;
    }

    /** What a change came to, and what was left of an account that died by it. */
    record Outcome<R>(R result, Optional<U128> dust) {}

    private record Stored<R>(R result, Optional<U128> endowed, Optional<U128> dust) {}

    private final U128 existentialDeposit;
    private final AccountStore<AccountData> store;
    private final EventSink<Balances.Event> events;

    Accounts(U128 existentialDeposit, AccountStore<AccountData> store, EventSink<Balances.Event> events) {
        this.existentialDeposit = existentialDeposit;
        this.store = store;
        this.events = events;
    }

    U128 existentialDeposit() {
        return existentialDeposit;
    }

    AccountData get(Externalities ext, AccountId who) {
        return store.get(ext, who);
    }

    /** Creates an account at genesis, without an event. */
    U128 endow(Externalities ext, AccountId who, U128 free) throws DispatchException {
        store.incProviders(ext, who);
        return store.tryMutateExists(ext, who, _ -> changed(Optional.of(AccountData.DEFAULT.withFree(free)), free));
    }

    View<AccountData> view(Externalities ext, AccountId who) {
        return store.view(ext, who);
    }

    boolean lives(Externalities ext, AccountId who) {
        return store.providers(ext, who) != 0;
    }

    /** Changes an account that may die by it; the dust must be handled. Events: Endowed, DustLost. */
    <R> Outcome<R> change(Externalities ext, AccountId who, Change<R> change) throws DispatchException {
        return change(ext, who, store.get(ext, who), change);
    }

    /** The same where the account has just been read. */
    <R> Outcome<R> change(Externalities ext, AccountId who, AccountData present, Change<R> change)
            throws DispatchException {
        if (!present.isNewLogic()) {
            ensureUpgraded(ext, who);
        }
        Stored<R> stored = store.tryMutateExists(ext, who, data -> applied(ext, who, data, change));
        stored.endowed.ifPresent(free -> events.deposit(ext, new Balances.Event.Endowed(who, free)));
        stored.dust.ifPresent(dust -> events.deposit(ext, new Balances.Event.DustLost(who, dust)));
        return new Outcome<>(stored.result, stored.dust);
    }

    private <R> AccountStore.Changed<AccountData, Stored<R>> applied(Externalities ext, AccountId who,
            Optional<AccountData> before, Change<R> change) throws DispatchException {
        AccountData old = before.orElse(AccountData.DEFAULT);
        Changed<R> changed = change.apply(old, before.isEmpty());
        AccountData account = changed.account;
        count(ext, who, provides(old), before.isPresent() && old.consumes(), account);
        Optional<U128> endowed = before.isPresent() ? Optional.empty() : Optional.of(account.free());
        if (provides(account) || !account.reserved().isZero()) {
            return changed(Optional.of(account), new Stored<>(changed.result, endowed, Optional.empty()));
        }
        Optional<U128> dust = account.free().isZero() ? Optional.empty() : Optional.of(account.free());
        return changed(Optional.empty(), new Stored<>(changed.result, endowed, dust));
    }

    private boolean provides(AccountData account) {
        return account.free().isAtLeast(existentialDeposit);
    }

    /** Counts references; the provider goes last, as the account may go with it. */
    private void count(Externalities ext, AccountId who, boolean didProvide, boolean didConsume, AccountData account)
            throws DispatchException {
        boolean consumes = account.consumes();
        if (!didProvide && provides(account)) {
            store.incProviders(ext, who);
        }
        if (didConsume && !consumes) {
            store.decConsumers(ext, who);
        }
        if (!didConsume && consumes) {
            store.incConsumers(ext, who);
        }
        if (consumes && store.consumers(ext, who) == 0) {
            ext.log("runtime::balances", "account without consumers though part of it is reserved or frozen");
            store.incConsumers(ext, who);
        }
        if (didProvide && !provides(account)) {
            store.decProviders(ext, who);
        }
    }

    /**
     * Brings the references of an account from before to the present rules. Event: Upgraded.
     *
     * @return whether the account was of the old kind
     */
    boolean ensureUpgraded(Externalities ext, AccountId who) throws DispatchException {
        AccountData old = store.get(ext, who);
        if (old.isNewLogic()) {
            return false;
        }
        AccountData upgraded = old.withNewLogic();
        if (!old.reserved().isZero() && old.frozen().isZero()) {
            if (!lives(ext, who)) {
                ext.log("runtime::balances", "account without providers though part of it is reserved");
                upgraded = upgraded.withFree(upgraded.free().max(existentialDeposit));
                store.incProviders(ext, who);
            }
            store.incConsumersWithoutLimit(ext, who);
        }
        AccountData result = upgraded;
        store.tryMutateExists(ext, who, _ -> changed(Optional.of(result), result));
        events.deposit(ext, new Balances.Event.Upgraded(who));
        return true;
    }

    private static <R> AccountStore.Changed<AccountData, R> changed(Optional<AccountData> data, R result) {
        return new AccountStore.Changed<>(data, result);
    }
}
