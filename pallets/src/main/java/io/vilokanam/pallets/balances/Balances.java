package io.vilokanam.pallets.balances;

import static io.vilokanam.frame.dispatch.AccountLookup.lookup;
import static io.vilokanam.frame.dispatch.DispatchException.ensure;
import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.frame.fungible.AccountStore;
import io.vilokanam.frame.fungible.BalanceStatus;
import io.vilokanam.frame.fungible.Currency;
import io.vilokanam.frame.fungible.Fortitude;
import io.vilokanam.frame.fungible.Fungible;
import io.vilokanam.frame.fungible.FungibleHold;
import io.vilokanam.frame.fungible.HoldReasons;
import io.vilokanam.frame.fungible.LockableCurrency;
import io.vilokanam.frame.fungible.Precision;
import io.vilokanam.frame.fungible.Preservation;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.StorageLayer;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Struct;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/**
 * The chain's own currency ({@code pallet_balances}, its accounts kept in System). Other pallets use it through
 * {@link #currency()}, {@link #olderCurrency()}, {@link #holds()}, {@link #reserves()} and {@link #locks()}.
 */
public final class Balances implements Pallet<Balances.Call> {

    /**
     * What a runtime decides.
     *
     * @param existentialDeposit the least free balance of an account, in plancks, more than zero
     * @param maxLocks from how many locks an account is warned about
     * @param maxReserves how many named reserves an account may have
     */
    public record Config(U128 existentialDeposit, int maxLocks, int maxReserves, int maxFreezes,
            HoldReasons holdReasons,
            HoldReasons freezeReasons) {}

    /** Who owns what at first. */
    public record Genesis(List<Endowment> balances, Optional<DevAccounts> devAccounts) {

        public Genesis(List<Endowment> balances) {
            this(balances, Optional.empty());
        }
    }

    /** The free balance of an account at genesis, in plancks. */
    public record Endowment(AccountId account, U128 free) {}

    /** Whether the total issuance is forced up or down. */
    public enum AdjustmentDirection {
        INCREASE, DECREASE
    }

    public sealed interface Call {
        record TransferAllowDeath(MultiAddress dest, U128 value) implements Call {}

        record ForceTransfer(MultiAddress source, MultiAddress dest, U128 value) implements Call {}

        record TransferKeepAlive(MultiAddress dest, U128 value) implements Call {}

        record TransferAll(MultiAddress dest, boolean keepAlive) implements Call {}

        record ForceUnreserve(MultiAddress who, U128 amount) implements Call {}

        record UpgradeAccounts(List<AccountId> who) implements Call {}

        record ForceSetBalance(MultiAddress who, U128 newFree) implements Call {}

        record ForceAdjustTotalIssuance(AdjustmentDirection direction, U128 delta) implements Call {}

        record Burn(U128 value, boolean keepAlive) implements Call {}
    }

    public sealed interface Event {

        /** An event about an amount of an account. */
        sealed interface OfAccount extends Event {
            AccountId who();

            U128 amount();
        }

        record Endowed(AccountId account, U128 freeBalance) implements Event {}

        record DustLost(AccountId account, U128 amount) implements Event {}

        record Transfer(AccountId from, AccountId to, U128 amount) implements Event {}

        record BalanceSet(AccountId who, U128 free) implements Event {}

        record Reserved(AccountId who, U128 amount) implements OfAccount {}

        record Unreserved(AccountId who, U128 amount) implements OfAccount {}

        record ReserveRepatriated(AccountId from, AccountId to, U128 amount, BalanceStatus destinationStatus)
                implements
                Event {}

        record Deposit(AccountId who, U128 amount) implements OfAccount {}

        record Withdraw(AccountId who, U128 amount) implements OfAccount {}

        record Slashed(AccountId who, U128 amount) implements OfAccount {}

        record Minted(AccountId who, U128 amount) implements OfAccount {}

        record Burned(AccountId who, U128 amount) implements OfAccount {}

        record Suspended(AccountId who, U128 amount) implements OfAccount {}

        record Restored(AccountId who, U128 amount) implements OfAccount {}

        record Upgraded(AccountId who) implements Event {}

        record Issued(U128 amount) implements Event {}

        record Rescinded(U128 amount) implements Event {}

        record Locked(AccountId who, U128 amount) implements OfAccount {}

        record Unlocked(AccountId who, U128 amount) implements OfAccount {}

        record Frozen(AccountId who, U128 amount) implements OfAccount {}

        record Thawed(AccountId who, U128 amount) implements OfAccount {}

        record TotalIssuanceForced(U128 before, U128 after) implements Event {}
    }

    public enum Error implements PalletError {
        VESTING_BALANCE, LIQUIDITY_RESTRICTIONS, INSUFFICIENT_BALANCE, EXISTENTIAL_DEPOSIT, EXPENDABILITY, EXISTING_VESTING_SCHEDULE, DEAD_ACCOUNT, TOO_MANY_RESERVES, TOO_MANY_HOLDS, TOO_MANY_FREEZES, ISSUANCE_DEACTIVATED, DELTA_ZERO
    }

    private static final String LOOKUP = "AccountIdLookupOf<T>";
    private static final String ACCOUNT = "T::AccountId";
    private static final String BALANCE = "T::Balance";

    static final Variants<Call> CALLS = Variants.of(Call.class)
            .with(0, "transfer_allow_death", Call.TransferAllowDeath.class,
                    struct(Call.TransferAllowDeath::new,
                            field("dest", LOOKUP, MultiAddress.CODEC, Call.TransferAllowDeath::dest),
                            field("value", BALANCE, Codecs.COMPACT_U128, Call.TransferAllowDeath::value)),
                    "Move free balance of the signer to another account; the signer's may die by it.")
            .with(2, "force_transfer", Call.ForceTransfer.class,
                    struct(Call.ForceTransfer::new,
                            field("source", LOOKUP, MultiAddress.CODEC, Call.ForceTransfer::source),
                            field("dest", LOOKUP, MultiAddress.CODEC, Call.ForceTransfer::dest),
                            field("value", BALANCE, Codecs.COMPACT_U128, Call.ForceTransfer::value)),
                    "Move free balance between any two accounts. Root only.")
            .with(3, "transfer_keep_alive", Call.TransferKeepAlive.class,
                    struct(Call.TransferKeepAlive::new,
                            field("dest", LOOKUP, MultiAddress.CODEC, Call.TransferKeepAlive::dest),
                            field("value", BALANCE, Codecs.COMPACT_U128, Call.TransferKeepAlive::value)),
                    "Move free balance of the signer to another account, unless the signer's would die by it.")
            .with(4, "transfer_all", Call.TransferAll.class,
                    struct(Call.TransferAll::new, field("dest", LOOKUP, MultiAddress.CODEC, Call.TransferAll::dest),
                            field("keep_alive", "bool", Codecs.BOOL, Call.TransferAll::keepAlive)),
                    "Move all that the signer can move to another account; with `keep_alive`, all but what the account needs.")
            .with(5, "force_unreserve", Call.ForceUnreserve.class,
                    struct(Call.ForceUnreserve::new, field("who", LOOKUP, MultiAddress.CODEC, Call.ForceUnreserve::who),
                            field("amount", BALANCE, Codecs.U128, Call.ForceUnreserve::amount)),
                    "Free reserved balance of any account. Root only.")
            .with(6, "upgrade_accounts", Call.UpgradeAccounts.class,
                    struct(Call.UpgradeAccounts::new,
                            field("who", "Vec<T::AccountId>", Codecs.vec(AccountId.CODEC), Call.UpgradeAccounts::who)),
                    "Bring accounts to the present way of counting references; free of charge where nearly all needed it.")
            .with(8, "force_set_balance", Call.ForceSetBalance.class,
                    struct(Call.ForceSetBalance::new,
                            field("who", LOOKUP, MultiAddress.CODEC, Call.ForceSetBalance::who),
                            field("new_free", BALANCE, Codecs.COMPACT_U128, Call.ForceSetBalance::newFree)),
                    "Set the free balance of any account, and the total issuance with it. Root only.")
            .with(9, "force_adjust_total_issuance", Call.ForceAdjustTotalIssuance.class,
                    struct(Call.ForceAdjustTotalIssuance::new,
                            field("direction", "AdjustmentDirection",
                                    Variants.ofEnum("pallet_balances::types::AdjustmentDirection",
                                            AdjustmentDirection.values(), "Increase", "Decrease"),
                                    Call.ForceAdjustTotalIssuance::direction),
                            field("delta", BALANCE, Codecs.COMPACT_U128, Call.ForceAdjustTotalIssuance::delta)),
                    "Change the total issuance by `delta`, which is not zero, as far as it goes. Root only.")
            .with(10, "burn", Call.Burn.class,
                    struct(Call.Burn::new, field("value", BALANCE, Codecs.COMPACT_U128, Call.Burn::value),
                            field("keep_alive", "bool", Codecs.BOOL, Call.Burn::keepAlive)),
                    "Destroy free balance of the signer; without `keep_alive` the account may die by it.")
            .complete();

    public static final Variants<Event> EVENTS = Variants.of(Event.class)
            .with(0, "Endowed", Event.Endowed.class,
                    struct(Event.Endowed::new, field("account", ACCOUNT, AccountId.CODEC, Event.Endowed::account),
                            field("free_balance", BALANCE, Codecs.U128, Event.Endowed::freeBalance)),
                    "An account came to be.")
            .with(1, "DustLost", Event.DustLost.class,
                    struct(Event.DustLost::new, field("account", ACCOUNT, AccountId.CODEC, Event.DustLost::account),
                            field("amount", BALANCE, Codecs.U128, Event.DustLost::amount)),
                    "An account died with less than the existential deposit, which is lost.")
            .with(2, "Transfer", Event.Transfer.class,
                    struct(Event.Transfer::new, field("from", ACCOUNT, AccountId.CODEC, Event.Transfer::from),
                            field("to", ACCOUNT, AccountId.CODEC, Event.Transfer::to),
                            field("amount", BALANCE, Codecs.U128, Event.Transfer::amount)),
                    "Free balance was moved.")
            .with(3, "BalanceSet", Event.BalanceSet.class,
                    struct(Event.BalanceSet::new, field("who", ACCOUNT, AccountId.CODEC, Event.BalanceSet::who),
                            field("free", BALANCE, Codecs.U128, Event.BalanceSet::free)),
                    "A free balance was set by root.")
            .with(4, "Reserved", Event.Reserved.class, ofAccount(Event.Reserved::new), "Free balance was reserved.")
            .with(5, "Unreserved", Event.Unreserved.class, ofAccount(Event.Unreserved::new),
                    "Reserved balance is free again.")
            .with(6, "ReserveRepatriated", Event.ReserveRepatriated.class,
                    struct(Event.ReserveRepatriated::new,
                            field("from", ACCOUNT, AccountId.CODEC, Event.ReserveRepatriated::from),
                            field("to", ACCOUNT, AccountId.CODEC, Event.ReserveRepatriated::to),
                            field("amount", BALANCE, Codecs.U128, Event.ReserveRepatriated::amount),
                            field("destination_status", "Status", BalanceStatus.CODEC,
                                    Event.ReserveRepatriated::destinationStatus)),
                    "Reserved balance of one account went to another.")
            .with(7, "Deposit", Event.Deposit.class, ofAccount(Event.Deposit::new), "Tokens came into an account.")
            .with(8, "Withdraw", Event.Withdraw.class, ofAccount(Event.Withdraw::new),
                    "Tokens were taken from an account, for instance as a fee.")
            .with(9, "Slashed", Event.Slashed.class, ofAccount(Event.Slashed::new),
                    "Tokens were taken away as a punishment.")
            .with(10, "Minted", Event.Minted.class, ofAccount(Event.Minted::new), "Tokens were created in an account.")
            .with(11, "Burned", Event.Burned.class, ofAccount(Event.Burned::new),
                    "Tokens of an account were destroyed.")
            .with(12, "Suspended", Event.Suspended.class, ofAccount(Event.Suspended::new),
                    "Tokens of an account were put out of use; they can be restored.")
            .with(13, "Restored", Event.Restored.class, ofAccount(Event.Restored::new), "Suspended tokens are back.")
            .with(14, "Upgraded", Event.Upgraded.class,
                    struct(Event.Upgraded::new, field("who", ACCOUNT, AccountId.CODEC, Event.Upgraded::who)),
                    "An account counts references the present way.")
            .with(15, "Issued", Event.Issued.class,
                    struct(Event.Issued::new, field("amount", BALANCE, Codecs.U128, Event.Issued::amount)),
                    "The total issuance rose.")
            .with(16, "Rescinded", Event.Rescinded.class,
                    struct(Event.Rescinded::new, field("amount", BALANCE, Codecs.U128, Event.Rescinded::amount)),
                    "The total issuance sank.")
            .with(17, "Locked", Event.Locked.class, ofAccount(Event.Locked::new), "More of an account is locked.")
            .with(18, "Unlocked", Event.Unlocked.class, ofAccount(Event.Unlocked::new), "Less of an account is locked.")
            .with(19, "Frozen", Event.Frozen.class, ofAccount(Event.Frozen::new), "More of an account is frozen.")
            .with(20, "Thawed", Event.Thawed.class, ofAccount(Event.Thawed::new), "Less of an account is frozen.")
            .with(21, "TotalIssuanceForced", Event.TotalIssuanceForced.class,
                    struct(Event.TotalIssuanceForced::new,
                            field("old", BALANCE, Codecs.U128, Event.TotalIssuanceForced::before),
                            field("new", BALANCE, Codecs.U128, Event.TotalIssuanceForced::after)),
                    "The total issuance was changed by root.")
            .complete();

    private static <E extends Event.OfAccount> Struct<E> ofAccount(Struct.Of2<AccountId, U128, E> constructor) {
        return struct(constructor, field("who", ACCOUNT, AccountId.CODEC, Event.OfAccount::who),
                field("amount", BALANCE, Codecs.U128, Event.OfAccount::amount));
    }

    static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "VestingBalance", Error.VESTING_BALANCE, "What is vesting may not be moved.")
            .with(1, "LiquidityRestrictions", Error.LIQUIDITY_RESTRICTIONS, "Part of the balance is locked.")
            .with(2, "InsufficientBalance", Error.INSUFFICIENT_BALANCE, "The balance is too low.")
            .with(3, "ExistentialDeposit", Error.EXISTENTIAL_DEPOSIT, "An account cannot come to be with so little.")
            .with(4, "Expendability", Error.EXPENDABILITY, "The account would die.")
            .with(5, "ExistingVestingSchedule", Error.EXISTING_VESTING_SCHEDULE,
                    "The account has a vesting schedule already.")
            .with(6, "DeadAccount", Error.DEAD_ACCOUNT, "The account that would receive does not exist.")
            .with(7, "TooManyReserves", Error.TOO_MANY_RESERVES, "The account can have no further named reserve.")
            .with(8, "TooManyHolds", Error.TOO_MANY_HOLDS, "The account can have no further hold.")
            .with(9, "TooManyFreezes", Error.TOO_MANY_FREEZES, "The account can have no further freeze.")
            .with(10, "IssuanceDeactivated", Error.ISSUANCE_DEACTIVATED, "More than that counts as not in circulation.")
            .with(11, "DeltaZero", Error.DELTA_ZERO, "The change may not be zero.").complete();

    private static final int STORAGE_VERSION = 1;

    private final BalancesStorage storage;
    private final EventSink<Event> events;
    private final Accounts accounts;
    private final NativeCurrency currency;
    private final Holds holds;
    private final Reserves reserves;
    private final Locks locks;
    private final OlderCurrency olderCurrency;

    public Balances(PalletScope scope, Config config, AccountStore<AccountData> store) {
        scope.storageVersion(STORAGE_VERSION);
        this.storage = BalancesStorage.declare(scope, config);
        scope.calls(CALLS, "pallet_balances::pallet::Call", "T", "I");
        this.events = scope.events(EVENTS, "pallet_balances::pallet::Event", "T", "I");
        scope.errors(ERRORS, "pallet_balances::pallet::Error", "T", "I");
        scope.constant("ExistentialDeposit", Codecs.U128, config.existentialDeposit,
                "The least free balance of an account, in plancks.");
        scope.constant("MaxLocks", Codecs.U32, (long) config.maxLocks, "So many locks an account should have at most.");
        scope.constant("MaxReserves", Codecs.U32, (long) config.maxReserves, "The most named reserves of an account.");
        scope.constant("MaxFreezes", Codecs.U32, (long) config.maxFreezes, "The most freezes of an account.");
        this.accounts = new Accounts(config.existentialDeposit, store, events);
        this.currency = new NativeCurrency(storage, accounts, events);
        this.holds = new Holds(storage.holds(), config.holdReasons.count(), accounts, currency);
        this.reserves = new Reserves(accounts, currency, holds, events);
        this.locks = new Locks(storage, config.maxLocks, accounts, events);
        this.olderCurrency = new OlderCurrency(storage, accounts, currency, events);
    }

    public Fungible currency() {
        return currency;
    }

    /** The same tokens in the older form, with imbalances that tell of themselves. */
    public Currency olderCurrency() {
        return olderCurrency;
    }

    public FungibleHold holds() {
        return holds;
    }

    public ReservableCurrency reserves() {
        return reserves;
    }

    public LockableCurrency locks() {
        return locks;
    }

    /**
     * Endows accounts at genesis.
     *
     * @throws IllegalArgumentException for an account that comes twice or has less than the existential deposit
     */
    public void build(Externalities ext, Genesis genesis) {
        SortedSet<AccountId> seen = new TreeSet<>();
        U128 total = U128.ZERO;
        for (Endowment endowment : genesis.balances) {
            if (endowment.free.isLessThan(accounts.existentialDeposit())) {
                throw new IllegalArgumentException("balances: " + endowment.account + " has " + endowment.free
                        + ", less than the existential deposit of " + accounts.existentialDeposit());
            }
            if (!seen.add(endowment.account)) {
                throw new IllegalArgumentException("balances: " + endowment.account + " stands there twice");
            }
            total = total.plus(endowment.free);
        }
        storage.totalIssuance().put(ext, total);
        if (genesis.devAccounts.isPresent()) {
            // As in the reference, what these own is no part of the total issuance.
            genesis.devAccounts.get().forEach(ext, accounts.existentialDeposit(), account -> endow(ext, account));
        }
        for (Endowment endowment : genesis.balances) {
            endow(ext, endowment);
        }
    }

    private void endow(Externalities ext, Endowment endowment) {
        if (!StorageLayer.attempt(ext, () -> accounts.endow(ext, endowment.account, endowment.free))) {
            throw new RuntimePanic("an account with a provider did not take its balance");
        }
    }

    @Override
    public Weight weigh(Call call) {
        return switch (call) {
            case Call.TransferAllowDeath _ -> BalancesWeights.TRANSFER_ALLOW_DEATH;
            case Call.ForceTransfer _ -> BalancesWeights.FORCE_TRANSFER;
            case Call.TransferKeepAlive _ -> BalancesWeights.TRANSFER_KEEP_ALIVE;
            case Call.TransferAll _ -> BalancesWeights.TRANSFER_ALL;
            case Call.ForceUnreserve _ -> BalancesWeights.FORCE_UNRESERVE;
            case Call.UpgradeAccounts(var who) -> BalancesWeights.upgradeAccounts(who.size());
            case Call.ForceSetBalance _ -> BalancesWeights.FORCE_SET_BALANCE_CREATING
                    .max(BalancesWeights.FORCE_SET_BALANCE_KILLING);
            case Call.ForceAdjustTotalIssuance _ -> BalancesWeights.FORCE_ADJUST_TOTAL_ISSUANCE;
            // The reference has these two the wrong way round; the weight is part of what blocks agree on.
            case Call.Burn(_, var keepAlive) ->
                keepAlive ? BalancesWeights.BURN_ALLOW_DEATH : BalancesWeights.BURN_KEEP_ALIVE;
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, Call call) throws DispatchException {
        switch (call) {
            case Call.TransferAllowDeath(var dest, var value) ->
                currency.transfer(ext, origin.ensureSigned(), lookup(dest),
                        value, Preservation.EXPENDABLE);
            case Call.ForceTransfer(var source, var dest, var value) -> {
                origin.ensureRoot();
                currency.transfer(ext, lookup(source), lookup(dest), value, Preservation.EXPENDABLE);
            }
            case Call.TransferKeepAlive(var dest, var value) ->
                currency.transfer(ext, origin.ensureSigned(), lookup(dest),
                        value, Preservation.PRESERVE);
            case Call.TransferAll(var dest, var keepAlive) -> transferAll(ext, origin.ensureSigned(), dest, keepAlive);
            case Call.ForceUnreserve(var who, var amount) -> {
                origin.ensureRoot();
                reserves.unreserve(ext, lookup(who), amount);
            }
            case Call.UpgradeAccounts(var who) -> {
                origin.ensureSigned();
                return upgradeAccounts(ext, who);
            }
            case Call.ForceSetBalance(var who, var newFree) -> {
                origin.ensureRoot();
                forceSetBalance(ext, lookup(who), newFree);
            }
            case Call.ForceAdjustTotalIssuance(var direction, var delta) -> {
                origin.ensureRoot();
                forceAdjustTotalIssuance(ext, direction, delta);
            }
            case Call.Burn(var value, var keepAlive) -> currency.burnFrom(ext, origin.ensureSigned(), value,
                    preservation(keepAlive), Precision.EXACT, Fortitude.POLITE);
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private static Preservation preservation(boolean keepAlive) {
        return keepAlive ? Preservation.PRESERVE : Preservation.EXPENDABLE;
    }

    private void transferAll(Externalities ext, AccountId from, MultiAddress dest, boolean keepAlive)
            throws DispatchException {
        U128 all = currency.reducibleBalance(ext, from, preservation(keepAlive), Fortitude.POLITE);
        currency.transfer(ext, from, lookup(dest), all, preservation(keepAlive));
    }

    /** Free where nine of ten accounts needed it, so that anyone may do it for all. */
    private PostDispatchInfo upgradeAccounts(Externalities ext, List<AccountId> who) throws DispatchException {
        long upgraded = 0;
        for (AccountId account : who) {
            upgraded += accounts.ensureUpgraded(ext, account) ? 1 : 0;
        }
        boolean free = !who.isEmpty() && 10 * upgraded >= 9L * who.size();
        return new PostDispatchInfo(PostDispatchInfo.AS_ANNOUNCED.actualWeight(), free ? Pays.NO : Pays.YES);
    }

    private void forceSetBalance(Externalities ext, AccountId who, U128 newFree) throws DispatchException {
        U128 free = newFree.isLessThan(accounts.existentialDeposit()) ? U128.ZERO : newFree;
        U128 old = currency.changeAndDropDust(ext, who,
                (account, _) -> new Accounts.Changed<>(account.withFree(free), account.free()));
        if (free.isMoreThan(old)) {
            currency.addToIssuance(ext, free.minus(old));
            events.deposit(ext, new Event.Issued(free.minus(old)));
        } else if (free.isLessThan(old)) {
            currency.takeFromIssuance(ext, old.minus(free));
            events.deposit(ext, new Event.Rescinded(old.minus(free)));
        }
        events.deposit(ext, new Event.BalanceSet(who, free));
    }

    private void forceAdjustTotalIssuance(Externalities ext, AdjustmentDirection direction, U128 delta)
            throws DispatchException {
        ensure(!delta.isZero(), Error.DELTA_ZERO);
        U128 old = storage.totalIssuance().get(ext);
        U128 adjusted = switch (direction) {
            case INCREASE -> old.saturatingPlus(delta);
            case DECREASE -> old.saturatingMinus(delta);
        };
        ensure(adjusted.isAtLeast(storage.inactiveIssuance().get(ext)), Error.ISSUANCE_DEACTIVATED);
        storage.totalIssuance().put(ext, adjusted);
        events.deposit(ext, new Event.TotalIssuanceForced(old, adjusted));
    }
}
