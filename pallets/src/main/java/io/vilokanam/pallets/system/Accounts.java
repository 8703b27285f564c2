package io.vilokanam.pallets.system;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.AccountStore;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.dispatch.DispatchError;

/**
 * The accounts of the chain: nonces, reference counts, and the data that the balances pallet keeps in them. An account
 * lives while it has a provider or a sufficient; consumers keep the last provider from going.
 *
 * @param <D> the balances pallet's data
 */
public final class Accounts<D> implements AccountStore<D> {

    private static final String LOG_TARGET = "runtime::system";
    private static final long U32_MAX = 0xffff_ffffL;

    private final StorageMap<AccountId, AccountInfo<D>> accounts;
    private final EventSink<SystemEvent> events;
    private final long maxConsumers;
    private final D noData;

    Accounts(StorageMap<AccountId, AccountInfo<D>> accounts, EventSink<SystemEvent> events, long maxConsumers,
            D noData) {
        this.accounts = accounts;
        this.events = events;
        this.maxConsumers = maxConsumers;
        this.noData = noData;
    }

    /** All that is known of an account; all zero where it does not exist. */
    public AccountInfo<D> info(Externalities ext, AccountId who) {
        return accounts.get(ext, who);
    }

    public boolean exists(Externalities ext, AccountId who) {
        return accounts.contains(ext, who);
    }

    public long nonce(Externalities ext, AccountId who) {
        return info(ext, who).nonce();
    }

    public void incNonce(Externalities ext, AccountId who) {
        accounts.mutate(ext, who, info -> info.withNonce(info.nonce() + 1 & U32_MAX));
    }

    public void setNonce(Externalities ext, AccountId who, long nonce) {
        accounts.mutate(ext, who, info -> info.withNonce(nonce));
    }

    // Reference counts

    @Override
    public long providers(Externalities ext, AccountId who) {
        return info(ext, who).providers();
    }

    @Override
    public long consumers(Externalities ext, AccountId who) {
        return info(ext, who).consumers();
    }

    @Override
    public long sufficients(Externalities ext, AccountId who) {
        return info(ext, who).sufficients();
    }

    /** One more lets the account live; creates it where nothing did. */
    @Override
    public void incProviders(Externalities ext, AccountId who) {
        AccountInfo<D> info = info(ext, who);
        boolean created = info.providers() == 0 && info.sufficients() == 0;
        accounts.put(ext, who, info.withProviders(created ? 1 : saturatingInc(info.providers())));
        announceIf(created, ext, who);
    }

    /**
     * One less lets the account live; removes it, data and all, where nothing does any more.
     *
     * @throws DispatchException ConsumerRemaining: it is the last provider, and others need the account
     */
    @Override
    public void decProviders(Externalities ext, AccountId who) throws DispatchException {
        Optional<AccountInfo<D>> found = accounts.find(ext, who);
        if (found.isEmpty()) {
            ext.log(LOG_TARGET, "a reference to " + who + " was given up, but it is dead");
            return;
        }
        AccountInfo<D> info = found.get();
        if (info.providers() == 0) {
            ext.log(LOG_TARGET, "unexpected underflow in reducing the providers of " + who);
        }
        long providers = Math.max(info.providers(), 1);
        if (providers == 1 && info.consumers() == 0 && info.sufficients() == 0) {
            kill(ext, who);
            return;
        }
        if (providers == 1 && info.consumers() > 0) {
            throw new DispatchException(new DispatchError.ConsumerRemaining());
        }
        accounts.put(ext, who, info.withProviders(providers - 1));
    }

    /** The account lives for one more reason of its own; created where it did not exist. */
    public void incSufficients(Externalities ext, AccountId who) {
        AccountInfo<D> info = info(ext, who);
        boolean created = info.providers() + info.sufficients() == 0;
        accounts.put(ext, who, info.withSufficients(created ? 1 : saturatingInc(info.sufficients())));
        announceIf(created, ext, who);
    }

    public void decSufficients(Externalities ext, AccountId who) {
        Optional<AccountInfo<D>> found = accounts.find(ext, who);
        if (found.isEmpty()) {
            ext.log(LOG_TARGET, "a reference to " + who + " was given up, but it is dead");
            return;
        }
        AccountInfo<D> info = found.get();
        if (info.sufficients() == 0) {
            ext.log(LOG_TARGET, "unexpected underflow in reducing the sufficients of " + who);
        }
        if (info.sufficients() <= 1 && info.providers() == 0) {
            kill(ext, who);
            return;
        }
        accounts.put(ext, who, info.withSufficients(Math.max(info.sufficients() - 1, 0)));
    }

    /**
     * One more needs the account.
     *
     * @throws DispatchException NoProviders, or TooManyConsumers beyond the runtime's limit
     */
    @Override
    public void incConsumers(Externalities ext, AccountId who) throws DispatchException {
        AccountInfo<D> info = requireProvider(ext, who);
        if (info.consumers() >= maxConsumers) {
            throw new DispatchException(new DispatchError.TooManyConsumers());
        }
        accounts.put(ext, who, info.withConsumers(info.consumers() + 1));
    }

    /**
     * One more needs the account, whatever the limit.
     *
     * @throws DispatchException NoProviders
     */
    @Override
    public void incConsumersWithoutLimit(Externalities ext, AccountId who) throws DispatchException {
        AccountInfo<D> info = requireProvider(ext, who);
        accounts.put(ext, who, info.withConsumers(saturatingInc(info.consumers())));
    }

    private AccountInfo<D> requireProvider(Externalities ext, AccountId who) throws DispatchException {
        AccountInfo<D> info = info(ext, who);
        if (info.providers() == 0) {
            throw new DispatchException(new DispatchError.NoProviders());
        }
        return info;
    }

    @Override
    public void decConsumers(Externalities ext, AccountId who) {
        AccountInfo<D> info = info(ext, who);
        if (info.consumers() == 0) {
            ext.log(LOG_TARGET, "unexpected underflow in reducing the consumers of " + who);
        }
        accounts.put(ext, who, info.withConsumers(Math.max(info.consumers() - 1, 0)));
    }

    /** Whether a provider may go without leaving a consumer alone. */
    @Override
    public boolean canDecProvider(Externalities ext, AccountId who) {
        AccountInfo<D> info = info(ext, who);
        return info.consumers() == 0 || info.providers() > 1;
    }

    public boolean isProviderRequired(Externalities ext, AccountId who) {
        return info(ext, who).consumers() != 0;
    }

    @Override
    public boolean canIncConsumer(Externalities ext, AccountId who) {
        return canAccrueConsumers(ext, who, 1);
    }

    /** Whether the account may be needed by {@code amount} more. */
    public boolean canAccrueConsumers(Externalities ext, AccountId who, long amount) {
        AccountInfo<D> info = info(ext, who);
        return info.providers() > 0 && info.consumers() + amount <= maxConsumers;
    }

    private void announceIf(boolean created, Externalities ext, AccountId who) {
        if (created) {
            events.deposit(ext, new SystemEvent.NewAccount(who));
        }
    }

    private void kill(Externalities ext, AccountId who) {
        events.deposit(ext, new SystemEvent.KilledAccount(who));
        accounts.remove(ext, who);
    }

    private static long saturatingInc(long count) {
        return Math.min(count + 1, U32_MAX);
    }

    // The balances pallet's data

    @Override
    public D get(Externalities ext, AccountId who) {
        return info(ext, who).data();
    }

    @Override
    public View<D> view(Externalities ext, AccountId who) {
        AccountInfo<D> info = info(ext, who);
        return new View<>(info.data(), info.providers(), info.consumers(), info.sufficients());
    }

    /**
     * Changes the data of an account, as {@code StoredMap::try_mutate_exists} of FRAME's System: {@code change} may also
     * change the account's reference counts. Afterwards the data is stored if anything lets the account live, else the
     * account is removed.
     */
    @Override
    public <R> R tryMutateExists(Externalities ext, AccountId who, Change<D, R> change) throws DispatchException {
        D data = get(ext, who);
        Changed<D, R> changed = change.apply(data.equals(noData) ? Optional.empty() : Optional.of(data));
        AccountInfo<D> info = info(ext, who);
        if (info.providers() > 0 || info.sufficients() > 0) {
            accounts.put(ext, who, info.withData(changed.data().orElse(noData)));
        } else {
            accounts.remove(ext, who);
        }
        return changed.result();
    }
}
