package io.vilokanam.frame.fungible;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.AccountId;

/**
 * Accounts with data of a currency, and the reference counts that keep them alive: what a currency needs of the System
 * pallet ({@code frame_system::Pallet}, also as {@code StoredMap}). An account lives as long as it has providers or
 * sufficients; consumers keep the last provider from leaving.
 *
 * @param <D> the data, whose default stands for "none"
 */
public interface AccountStore<D> {

    /** The data of an account; the default where there is none. */
    D get(Externalities ext, AccountId who);

    /** The data of an account and its reference counts, in one read. */
    View<D> view(Externalities ext, AccountId who);

    /** An account at one moment. */
    record View<D>(D data, long providers, long consumers, long sufficients) {

        /** Whether a provider may go: {@link AccountStore#canDecProvider}. */
        public boolean canLoseProvider() {
            return consumers == 0 || providers > 1;
        }
    }

    /**
     * Changes the data of an account: {@code change} is given what is stored, empty where that is the default. What it
     * returns is stored if the account then has a provider or sufficient (empty: the default); otherwise the account is
     * removed. Reference counts may be changed by {@code change}. Where it throws nothing is stored.
     */
    <R> R tryMutateExists(Externalities ext, AccountId who, Change<D, R> change) throws DispatchException;

    /** Makes new data of old. */
    @FunctionalInterface
    interface Change<D, R> {
        Changed<D, R> apply(Optional<D> data) throws DispatchException;
    }

    /** New data, and what the caller of the change is told. */
    record Changed<D, R>(Optional<D> data, R result) {}

    long providers(Externalities ext, AccountId who);

    long consumers(Externalities ext, AccountId who);

    long sufficients(Externalities ext, AccountId who);

    /** Adds a provider. Creates the account where it does not live yet (event: NewAccount). */
    void incProviders(Externalities ext, AccountId who);

    /**
     * Takes a provider away. Removes the account with its last one (event: KilledAccount).
     *
     * @throws DispatchException {@code ConsumerRemaining} if it is the last one, there are consumers and no sufficients
     */
    void decProviders(Externalities ext, AccountId who) throws DispatchException;

    /**
     * @throws DispatchException {@code NoProviders} without a provider, {@code TooManyConsumers} above the limit
     */
    void incConsumers(Externalities ext, AccountId who) throws DispatchException;

    /**
     * As {@link #incConsumers}, beyond the limit too.
     *
     * @throws DispatchException {@code NoProviders} without a provider
     */
    void incConsumersWithoutLimit(Externalities ext, AccountId who) throws DispatchException;

    void decConsumers(Externalities ext, AccountId who);

    /** Whether {@link #decProviders} would succeed as far as consumers go. */
    boolean canDecProvider(Externalities ext, AccountId who);

    /** Whether {@link #incConsumers} would succeed. */
    boolean canIncConsumer(Externalities ext, AccountId who);
}
