package io.vilokanam.pallets.system;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
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
public final class Accounts<D> {

    private static final String LOG_TARGET = "runtime::system";
    private static final long U32_MAX = 0xffff_ffffL;

    private final StorageMap<AccountId, AccountInfo<D>> accounts;
    private final EventSink<SystemEvent> events;
    private final long maxConsumers;
    private final D noData;

    Accounts(StorageMap<AccountId, AccountInfo<D>> accounts, EventSink<SystemEvent> events, long maxConsumers, D noData) {
        this.accounts = accounts;
        this.events = events;
        this.maxConsumers = maxConsumers;
        this.noData = noData;
    }

    /** What became of an account that was given a reference. */
    public enum Gained {
        CREATED, EXISTED
    }

    /** What became of an account that lost a reference. */
    public enum Lost {
        REAPED, EXISTS
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

    /** One more lets the account live; creates it where nothing did. */
    public Gained incProviders(Externalities ext, AccountId who) {
        AccountInfo<D> info = info(ext, who);
        boolean created = info.providers() == 0 && info.sufficients() == 0;
        accounts.put(ext, who, info.withProviders(created ? 1 : saturatingInc(info.providers())));
        return gained(ext, who, created);
    }

    /**
     * One less lets the account live; removes it, data and all, where nothing does any more.
     *
     * @throws DispatchException ConsumerRemaining: it is the last provider, and others need the account
     */
    public Lost decProviders(Externalities ext, AccountId who) throws DispatchException {
        Optional<AccountInfo<D>> found = accounts.find(ext, who);
        if (found.isEmpty()) {
            return deadAlready(ext, who);
        }
        AccountInfo<D> info = found.get();
        if (info.providers() == 0) {
            ext.log(LOG_TARGET, "unexpected underflow in reducing the providers of " + who);
        }
        long providers = Math.max(info.providers(), 1);
        if (providers == 1 && info.consumers() == 0 && info.sufficients() == 0) {
            return kill(ext, who);
        }
        if (providers == 1 && info.consumers() > 0) {
            throw new DispatchException(new DispatchError.ConsumerRemaining());
        }
        accounts.put(ext, who, info.withProviders(providers - 1));
        return Lost.EXISTS;
    }

    /** The account lives for one more reason of its own; created where it did not exist. */
    public Gained incSufficients(Externalities ext, AccountId who) {
        AccountInfo<D> info = info(ext, who);
        boolean created = info.providers() + info.sufficients() == 0;
        accounts.put(ext, who, info.withSufficients(created ? 1 : saturatingInc(info.sufficients())));
        return gained(ext, who, created);
    }

    public Lost decSufficients(Externalities ext, AccountId who) {
        Optional<AccountInfo<D>> found = accounts.find(ext, who);
        if (found.isEmpty()) {
            return deadAlready(ext, who);
        }
        AccountInfo<D> info = found.get();
        if (info.sufficients() == 0) {
            ext.log(LOG_TARGET, "unexpected underflow in reducing the sufficients of " + who);
        }
        if (info.sufficients() <= 1 && info.providers() == 0) {
            return kill(ext, who);
        }
        accounts.put(ext, who, info.withSufficients(Math.max(info.sufficients() - 1, 0)));
        return Lost.EXISTS;
    }

    /**
     * One more needs the account.
     *
     * @throws DispatchException NoProviders, or TooManyConsumers beyond the runtime's limit
     */
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

    public void decConsumers(Externalities ext, AccountId who) {
        AccountInfo<D> info = info(ext, who);
        if (info.consumers() == 0) {
            ext.log(LOG_TARGET, "unexpected underflow in reducing the consumers of " + who);
        }
        accounts.put(ext, who, info.withConsumers(Math.max(info.consumers() - 1, 0)));
    }

    /** Whether a provider may go without leaving a consumer alone. */
    public boolean canDecProvider(Externalities ext, AccountId who) {
        AccountInfo<D> info = info(ext, who);
        return info.consumers() == 0 || info.providers() > 1;
    }

    public boolean isProviderRequired(Externalities ext, AccountId who) {
        return info(ext, who).consumers() != 0;
    }

    public boolean canIncConsumer(Externalities ext, AccountId who) {
        return canAccrueConsumers(ext, who, 1);
    }

    /** Whether the account may be needed by {@code amount} more. */
    public boolean canAccrueConsumers(Externalities ext, AccountId who, long amount) {
        AccountInfo<D> info = info(ext, who);
        return info.providers() > 0 && info.consumers() + amount <= maxConsumers;
    }

    private Gained gained(Externalities ext, AccountId who, boolean created) {
        if (!created) {
            return Gained.EXISTED;
        }
        events.deposit(ext, new SystemEvent.NewAccount(who));
        return Gained.CREATED;
    }

    private Lost kill(Externalities ext, AccountId who) {
        events.deposit(ext, new SystemEvent.KilledAccount(who));
        accounts.remove(ext, who);
        return Lost.REAPED;
    }

    private Lost deadAlready(Externalities ext, AccountId who) {
        ext.log(LOG_TARGET, "a reference to " + who + " was given up, but it is dead");
        return Lost.REAPED;
    }

    private static long saturatingInc(long count) {
        return Math.min(count + 1, U32_MAX);
    }

    // The balances pallet's data

    /** The data of an account; the empty data where it does not exist. */
    public D data(Externalities ext, AccountId who) {
        return info(ext, who).data();
    }

    /**
     * What a change of data comes to.
     *
     * @param data the new data; nothing is as good as empty data
     * @param result what the caller wants to know of it
     */
    public record Changed<D, R>(Optional<D> data, R result) {}

    /** Changes the data of an account; it is given nothing where the data is empty. */
    @FunctionalInterface
    public interface Change<D, R> {
        Changed<D, R> apply(Optional<D> data) throws DispatchException;
    }

    /**
     * Changes the data of an account, as {@code StoredMap::try_mutate_exists} of FRAME's System: {@code change} may also
     * change the account's reference counts. Afterwards the data is stored if anything lets the account live, else the
     * account is removed.
     */
    public <R> R tryMutateExists(Externalities ext, AccountId who, Change<D, R> change) throws DispatchException {
        D data = data(ext, who);
        Changed<D, R> changed = change.apply(data.equals(noData) ? Optional.empty() : Optional.of(data));
        AccountInfo<D> info = info(ext, who);
        if (info.providers() > 0 || info.sufficients() > 0) {
            accounts.put(ext, who, info.withData(changed.data.orElse(noData)));
        } else {
            accounts.remove(ext, who);
        }
        return changed.result;
    }
}
