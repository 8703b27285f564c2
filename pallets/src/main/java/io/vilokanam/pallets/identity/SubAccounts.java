package io.vilokanam.pallets.identity;

import static io.vilokanam.frame.dispatch.AccountLookup.lookup;
import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.BalanceStatus;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.StorageLayer;
import io.vilokanam.pallets.identity.IdentityStorage.Subs;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.U128;

/** Accounts that belong to an account with an identity, each with a name and a deposit. Source: pallet-identity, {@code lib.rs}. */
final class SubAccounts {

    private final Identity.Config config;
    private final IdentityStorage storage;
    private final ReservableCurrency currency;
    private final EventSink<IdentityEvent> events;

    SubAccounts(Identity.Config config, IdentityStorage storage, ReservableCurrency currency,
            EventSink<IdentityEvent> events) {
        this.config = config;
        this.storage = storage;
        this.currency = currency;
        this.events = events;
    }

    PostDispatchInfo set(Externalities ext, AccountId main, List<Map.Entry<AccountId, FieldValue>> subs)
            throws DispatchException {
        ensure(storage.identityOf().contains(ext, main), IdentityError.NOT_FOUND);
        ensure(subs.size() <= config.maxSubAccounts(), IdentityError.TOO_MANY_SUB_ACCOUNTS);
        Subs old = storage.subsOf().get(ext, main);
        U128 deposit = config.subAccountDeposit().saturatingTimes(U128.of(subs.size()));
        for (Map.Entry<AccountId, FieldValue> sub : subs) {
            Optional<AccountId> owner = storage.superOf().find(ext, sub.getKey()).map(Map.Entry::getKey);
            ensure(owner.isEmpty() || owner.get().equals(main), IdentityError.ALREADY_CLAIMED);
        }
        Identity.changeDeposit(ext, currency, main, old.deposit(), deposit);
        forget(ext, old.accounts());
        List<AccountId> accounts = new ArrayList<>();
        for (Map.Entry<AccountId, FieldValue> sub : subs) {
            storage.superOf().put(ext, sub.getKey(), Map.entry(main, sub.getValue()));
            accounts.add(sub.getKey());
        }
        if (accounts.isEmpty()) {
            storage.subsOf().remove(ext, main);
        } else {
            storage.subsOf().put(ext, main, new Subs(deposit, accounts));
        }
        events.deposit(ext, new IdentityEvent.SubIdentitiesSet(main, accounts.size(), deposit));
        return PostDispatchInfo.weighing(IdentityWeights.setSubsOld(old.accounts().size())
                .plus(IdentityWeights.setSubsNew(accounts.size())));
    }

    /** Takes all sub-accounts away; what to do with their deposit is the caller's. */
    Subs takeAll(Externalities ext, AccountId main) {
        return storage.subsOf().take(ext, main);
    }

    void forget(Externalities ext, List<AccountId> accounts) {
        accounts.forEach(account -> storage.superOf().remove(ext, account));
    }

    PostDispatchInfo add(Externalities ext, AccountId main, MultiAddress address, FieldValue name)
            throws DispatchException {
        AccountId sub = lookup(address);
        ensure(storage.identityOf().contains(ext, main), IdentityError.NO_IDENTITY);
        ensure(!storage.superOf().contains(ext, sub), IdentityError.ALREADY_CLAIMED);
        Subs subs = storage.subsOf().get(ext, main);
        ensure(subs.accounts().size() < config.maxSubAccounts(), IdentityError.TOO_MANY_SUB_ACCOUNTS);
        currency.reserve(ext, main, config.subAccountDeposit());
        storage.superOf().put(ext, sub, Map.entry(main, name));
        List<AccountId> accounts = new ArrayList<>(subs.accounts());
        accounts.add(sub);
        events.deposit(ext, new IdentityEvent.SubIdentityAdded(sub, main, config.subAccountDeposit()));
        storage.subsOf().put(ext, main, new Subs(subs.deposit().saturatingPlus(config.subAccountDeposit()), accounts));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    PostDispatchInfo rename(Externalities ext, AccountId main, MultiAddress address, FieldValue name)
            throws DispatchException {
        AccountId sub = lookup(address);
        ensure(storage.identityOf().contains(ext, main), IdentityError.NO_IDENTITY);
        ensure(storage.superOf().find(ext, sub).filter(owner -> owner.getKey().equals(main)).isPresent(),
                IdentityError.NOT_OWNED);
        storage.superOf().put(ext, sub, Map.entry(main, name));
        events.deposit(ext, new IdentityEvent.SubIdentityRenamed(sub, main));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    PostDispatchInfo remove(Externalities ext, AccountId main, MultiAddress address) throws DispatchException {
        ensure(storage.identityOf().contains(ext, main), IdentityError.NO_IDENTITY);
        AccountId sub = lookup(address);
        AccountId owner = ownerOf(ext, sub);
        ensure(owner.equals(main), IdentityError.NOT_OWNED);
        storage.superOf().remove(ext, sub);
        U128 deposit = strike(ext, main, sub);
        currency.unreserve(ext, main, deposit);
        events.deposit(ext, new IdentityEvent.SubIdentityRemoved(sub, main, deposit));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    /** The deposit goes to the account that leaves, where it lives. */
    PostDispatchInfo quit(Externalities ext, AccountId sub) throws DispatchException {
        AccountId main = ownerOf(ext, sub);
        storage.superOf().remove(ext, sub);
        U128 deposit = strike(ext, main, sub);
        StorageLayer.attempt(ext, () -> currency.repatriateReserved(ext, main, sub, deposit, BalanceStatus.FREE));
        events.deposit(ext, new IdentityEvent.SubIdentityRevoked(sub, main, deposit));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private AccountId ownerOf(Externalities ext, AccountId sub) throws DispatchException {
        return storage.superOf().find(ext, sub).map(Map.Entry::getKey)
                .orElseThrow(() -> new DispatchException(IdentityError.NOT_SUB));
    }

    /** Strikes a sub-account off the list: the deposit of one is no longer needed. */
    private U128 strike(Externalities ext, AccountId main, AccountId sub) {
        Subs subs = storage.subsOf().get(ext, main);
        U128 deposit = config.subAccountDeposit().min(subs.deposit());
        storage.subsOf().put(ext, main, new Subs(subs.deposit().minus(deposit),
                subs.accounts().stream().filter(account -> !account.equals(sub)).toList()));
        return deposit;
    }
}
