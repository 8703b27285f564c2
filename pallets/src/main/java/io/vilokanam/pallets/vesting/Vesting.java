package io.vilokanam.pallets.vesting;

import static io.vilokanam.frame.dispatch.AccountLookup.lookup;
import static io.vilokanam.frame.dispatch.DispatchException.ensure;
import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.fungible.Fungible;
import io.vilokanam.frame.fungible.LockableCurrency;
import io.vilokanam.frame.fungible.LockableCurrency.WithdrawReason;
import io.vilokanam.frame.fungible.Preservation;
import io.vilokanam.frame.fungible.VestedTransfer;
import io.vilokanam.frame.fungible.VestingSchedule;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.StorageLayer;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/**
 * Funds that become free block by block ({@code pallet_vesting}). An account has some schedules and one lock for all of them,
 * which shrinks when somebody asks for it ({@code vest}).
 */
public final class Vesting implements Pallet<Vesting.Call>, VestingSchedule, VestedTransfer {

    /**
     * @param maxLocks the most locks of an account: part of the weights
     * @param unvestedFundsAllowed for what funds that still vest may be used
     */
    public record Config(U128 minVestedTransfer, int maxVestingSchedules, int maxLocks,
            Set<WithdrawReason> unvestedFundsAllowed) {}

    /** What vests from the start. */
    public record Genesis(List<Entry> vesting) {

        /**
         * @param begin the block at which the schedule starts
         * @param length blocks until all is free
         * @param liquid plancks of the account's balance that do not vest
         */
        public record Entry(AccountId who, long begin, long length, U128 liquid) {}
    }

    public sealed interface Call {
        record Vest() implements Call {}

        record VestOther(MultiAddress target) implements Call {}

        record VestedTransfer(MultiAddress target, VestingTerms schedule) implements Call {}

        record ForceVestedTransfer(MultiAddress source, MultiAddress target, VestingTerms schedule) implements Call {}

        record MergeSchedules(long schedule1Index, long schedule2Index) implements Call {}

        record ForceRemoveVestingSchedule(MultiAddress target, long scheduleIndex) implements Call {}
    }

    public sealed interface Event {
        record VestingUpdated(AccountId account, U128 unvested) implements Event {}

        record VestingCompleted(AccountId account) implements Event {}
    }

    public enum Error implements PalletError {
        NOT_VESTING, AT_MAX_VESTING_SCHEDULES, AMOUNT_LOW, SCHEDULE_INDEX_OUT_OF_BOUNDS, INVALID_SCHEDULE_PARAMS
    }

    /** Which form the stored schedules have. */
    enum Releases {
        V0, V1;

        static final Codec<Releases> CODEC = Variants.ofEnum("pallet_vesting::Releases", values(), "V0", "V1");
    }

    private static final String SOURCE = "AccountIdLookupOf<T>";
    private static final String SCHEDULE = "VestingInfo<BalanceOf<T>, BlockNumberFor<T>>";

    private static final Variants<Call> CALLS = Variants.of(Call.class)
            .with(0, "vest", Call.Vest.class, struct(Call.Vest::new), "Unlock what has vested for the signer.")
            .with(1, "vest_other", Call.VestOther.class,
                    struct(Call.VestOther::new, field("target", SOURCE, MultiAddress.CODEC, Call.VestOther::target)),
                    "Unlock what has vested for another account.")
            .with(2, "vested_transfer", Call.VestedTransfer.class,
                    struct(Call.VestedTransfer::new,
                            field("target", SOURCE, MultiAddress.CODEC, Call.VestedTransfer::target),
                            field("schedule", SCHEDULE, VestingTerms.CODEC, Call.VestedTransfer::schedule)),
                    "Pay what vests at the receiver.")
            .with(3, "force_vested_transfer", Call.ForceVestedTransfer.class,
                    struct(Call.ForceVestedTransfer::new,
                            field("source", SOURCE, MultiAddress.CODEC, Call.ForceVestedTransfer::source),
                            field("target", SOURCE, MultiAddress.CODEC, Call.ForceVestedTransfer::target),
                            field("schedule", SCHEDULE, VestingTerms.CODEC, Call.ForceVestedTransfer::schedule)),
                    "Have an account pay what vests at another. Root only.")
            .with(4, "merge_schedules", Call.MergeSchedules.class,
                    struct(Call.MergeSchedules::new,
                            field("schedule1_index", "u32", Codecs.U32, Call.MergeSchedules::schedule1Index),
                            field("schedule2_index", "u32", Codecs.U32, Call.MergeSchedules::schedule2Index)),
                    "Make one of two schedules, with the later start and the later end.")
            .with(5, "force_remove_vesting_schedule", Call.ForceRemoveVestingSchedule.class,
                    struct(Call.ForceRemoveVestingSchedule::new,
                            field("target", "<T::Lookup as StaticLookup>::Source", MultiAddress.CODEC,
                                    Call.ForceRemoveVestingSchedule::target),
                            field("schedule_index", "u32", Codecs.U32, Call.ForceRemoveVestingSchedule::scheduleIndex)),
                    "Take a schedule away; what it locks is free. Root only.")
            .complete();

    private static final Variants<Event> EVENTS = Variants.of(Event.class)
            .with(0, "VestingUpdated", Event.VestingUpdated.class,
                    struct(Event.VestingUpdated::new,
                            field("account", "T::AccountId", AccountId.CODEC, Event.VestingUpdated::account),
                            field("unvested", "BalanceOf<T>", Codecs.U128, Event.VestingUpdated::unvested)),
                    "So much of an account still vests and is locked.")
            .with(1, "VestingCompleted", Event.VestingCompleted.class,
                    struct(Event.VestingCompleted::new,
                            field("account", "T::AccountId", AccountId.CODEC, Event.VestingCompleted::account)),
                    "Nothing of an account vests any more.")
            .complete();

    private static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "NotVesting", Error.NOT_VESTING, "Nothing of the account vests.")
            .with(1, "AtMaxVestingSchedules", Error.AT_MAX_VESTING_SCHEDULES,
                    "The account has as many schedules as it may; some could be merged.")
            .with(2, "AmountLow", Error.AMOUNT_LOW, "The amount is below the least that may vest.")
            .with(3, "ScheduleIndexOutOfBounds", Error.SCHEDULE_INDEX_OUT_OF_BOUNDS,
                    "There is no schedule of this index.")
            .with(4, "InvalidScheduleParams", Error.INVALID_SCHEDULE_PARAMS,
                    "A schedule locks something and frees something each block, and there must be one of this index.")
            .complete();

    private static final Bytes LOCK = Bytes.ascii("vesting ");

    private final Config config;
    private final VestingWeights weights;
    private final Set<WithdrawReason> lockedFor;
    private final CurrentBlock block;
    private final Fungible currency;
    private final LockableCurrency locks;
    private final StorageMap<AccountId, List<VestingTerms>> vesting;
    private final StorageValue<Releases> storageVersion;
    private final EventSink<Event> events;

    public Vesting(PalletScope scope, Config config, CurrentBlock block, Fungible currency, LockableCurrency locks) {
        this.config = config;
        this.weights = new VestingWeights(config.maxLocks);
        this.lockedFor = EnumSet.allOf(WithdrawReason.class);
        lockedFor.removeAll(config.unvestedFundsAllowed);
        this.block = block;
        this.currency = currency;
        this.locks = locks;
        this.vesting = scope.optionalMap("Vesting", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC,
                BoundedVec.codec(VestingTerms.CODEC, config.maxVestingSchedules), "The schedules of an account.");
        this.storageVersion = scope.value("StorageVersion", Releases.CODEC, Releases.V0,
                "Which form the stored schedules have; chains start with the newest.");
        scope.calls(CALLS, "pallet_vesting::pallet::Call", "T");
        this.events = scope.events(EVENTS, "pallet_vesting::pallet::Event", "T");
        scope.errors(ERRORS, "pallet_vesting::pallet::Error", "T");
        scope.constant("MinVestedTransfer", Codecs.U128, config.minVestedTransfer,
                "The least amount that may vest, in plancks.");
        scope.constant("MaxVestingSchedules", Codecs.U32, (long) config.maxVestingSchedules,
                "The most schedules of an account.");
    }

    /**
     * Locks what vests from the start.
     *
     * @throws IllegalArgumentException for an account without a balance, a schedule that locks or frees nothing, too many
     *         schedules
     */
    public void build(Externalities ext, Genesis genesis) {
        storageVersion.put(ext, Releases.V1);
        for (Genesis.Entry entry : genesis.vesting) {
            build(ext, entry);
        }
    }

    private void build(Externalities ext, Genesis.Entry entry) {
        U128 balance = currency.balance(ext, entry.who);
        if (balance.isZero()) {
            throw new IllegalArgumentException("vesting: " + entry.who + " has no balance");
        }
        U128 locked = balance.saturatingMinus(entry.liquid);
        VestingTerms info = new VestingTerms(locked, locked.dividedBy(U128.of(Math.max(1, entry.length))), entry.begin);
        if (!info.isValid()) {
            throw new IllegalArgumentException("vesting: " + entry.who + " locks " + info.locked() + " and frees "
                    + info.perBlock() + " plancks a block, expected at least one of each");
        }
        List<VestingTerms> schedules = new ArrayList<>(vesting.find(ext, entry.who).orElse(List.of()));
        schedules.add(info);
        if (schedules.size() > config.maxVestingSchedules) {
            throw new IllegalArgumentException("vesting: " + entry.who + " has more than " + config.maxVestingSchedules
                    + " schedules");
        }
        vesting.put(ext, entry.who, schedules);
        if (!StorageLayer.attempt(ext, () -> {
            locks.setLock(ext, LOCK, entry.who, locked, lockedFor);
            return entry;
        })) {
            throw new IllegalArgumentException("vesting: the balance of " + entry.who + " cannot be locked");
        }
    }

    @Override
    public Weight weigh(Call call) {
        int schedules = config.maxVestingSchedules;
        return switch (call) {
            case Call.Vest _ -> weights.vest(schedules);
            case Call.VestOther _ -> weights.vestOther(schedules);
            case Call.VestedTransfer _ -> weights.vestedTransfer(schedules);
            case Call.ForceVestedTransfer _ -> weights.forceVestedTransfer(schedules);
            case Call.MergeSchedules _ -> weights.mergeSchedules(schedules);
            case Call.ForceRemoveVestingSchedule _ -> weights.forceRemoveVestingSchedule(schedules);
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, Call call) throws DispatchException {
        switch (call) {
            case Call.Vest() -> vest(ext, origin.ensureSigned());
            case Call.VestOther(var target) -> {
                origin.ensureSigned();
                vest(ext, lookup(target));
            }
            case Call.VestedTransfer(var target, var schedule) ->
                transfer(ext, origin.ensureSigned(), lookup(target), schedule);
            case Call.ForceVestedTransfer(var source, var target, var schedule) -> {
                origin.ensureRoot();
                transfer(ext, lookup(source), lookup(target), schedule);
            }
            case Call.MergeSchedules(var first, var second) -> merge(ext, origin.ensureSigned(), first, second);
            case Call.ForceRemoveVestingSchedule(var target, var index) -> {
                origin.ensureRoot();
                return forceRemove(ext, lookup(target), index);
            }
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private void vest(Externalities ext, AccountId who) throws DispatchException {
        write(ext, who, schedulesOf(ext, who));
    }

    private List<VestingTerms> schedulesOf(Externalities ext, AccountId who) throws DispatchException {
        return vesting.find(ext, who).orElseThrow(() -> new DispatchException(Error.NOT_VESTING));
    }

    private void transfer(Externalities ext, AccountId source, AccountId target, VestingTerms schedule)
            throws DispatchException {
        ensure(schedule.locked().isAtLeast(config.minVestedTransfer), Error.AMOUNT_LOW);
        canAddVestingSchedule(ext, target, schedule.locked(), schedule.perBlock(), schedule.startingBlock());
        if (!source.equals(target)) {
            currency.transfer(ext, source, target, schedule.locked(), Preservation.EXPENDABLE);
        }
        addVestingSchedule(ext, target, schedule.locked(), schedule.perBlock(), schedule.startingBlock());
    }

    /** Of two schedules one; both must exist, but where they are the same nothing is done at all. */
    private void merge(Externalities ext, AccountId who, long first, long second) throws DispatchException {
        if (first == second) {
            return;
        }
        List<VestingTerms> schedules = schedulesOf(ext, who);
        ensure(first < schedules.size() && second < schedules.size(), Error.SCHEDULE_INDEX_OUT_OF_BOUNDS);
        List<VestingTerms> kept = new ArrayList<>();
        for (int i = 0; i < schedules.size(); i++) {
            if (i != first && i != second) {
                kept.add(schedules.get(i));
            }
        }
        write(ext, who, kept,
                merged(block.blockNumber(ext), schedules.get((int) first), schedules.get((int) second)));
    }

    /** None where both have ended, the other one where one has. */
    private static Optional<VestingTerms> merged(long now, VestingTerms first, VestingTerms second) {
        boolean firstLasts = first.endingBlock().isMoreThan(U128.of(now));
        boolean secondLasts = second.endingBlock().isMoreThan(U128.of(now));
        if (!firstLasts || !secondLasts) {
            return firstLasts ? Optional.of(first) : secondLasts ? Optional.of(second) : Optional.empty();
        }
        U128 locked = first.lockedAt(now).saturatingPlus(second.lockedAt(now));
        U128 end = first.endingBlock().max(second.endingBlock());
        long start = Math.max(now, Math.max(first.startingBlock(), second.startingBlock()));
        U128 duration = end.saturatingMinus(U128.of(start)).max(U128.ONE);
        return Optional.of(new VestingTerms(locked, locked.dividedBy(duration).max(U128.ONE), start));
    }

    private PostDispatchInfo forceRemove(Externalities ext, AccountId who, long index) throws DispatchException {
        long count = vesting.decodeLength(ext, who).orElse(0L);
        ensure(index < count, Error.INVALID_SCHEDULE_PARAMS);
        removeVestingSchedule(ext, who, index);
        return PostDispatchInfo.weighing(weights.forceRemoveVestingSchedule(count));
    }

    /** Stores those schedules that still lock something, and one lock for all of them. */
    private void write(Externalities ext, AccountId who, List<VestingTerms> schedules) throws DispatchException {
        write(ext, who, schedules, Optional.empty());
    }

    /** As above, with a schedule that was made of others behind them. */
    private void write(Externalities ext, AccountId who, List<VestingTerms> schedules, Optional<VestingTerms> merged)
            throws DispatchException {
        long now = block.blockNumber(ext);
        List<VestingTerms> kept = new ArrayList<>(schedules);
        kept.removeIf(schedule -> schedule.lockedAt(now).isZero());
        merged.ifPresent(kept::add);
        ensure(kept.size() <= config.maxVestingSchedules, Error.AT_MAX_VESTING_SCHEDULES);
        if (kept.isEmpty()) {
            vesting.remove(ext, who);
        } else {
            vesting.put(ext, who, kept);
        }
        U128 locked = lockedAt(now, kept);
        if (locked.isZero()) {
            locks.removeLock(ext, LOCK, who);
            events.deposit(ext, new Event.VestingCompleted(who));
        } else {
            locks.setLock(ext, LOCK, who, locked, lockedFor);
            events.deposit(ext, new Event.VestingUpdated(who, locked));
        }
    }

    private static U128 lockedAt(long now, List<VestingTerms> schedules) {
        U128 locked = U128.ZERO;
        for (VestingTerms schedule : schedules) {
            locked = locked.saturatingPlus(schedule.lockedAt(now));
        }
        return locked;
    }

    @Override
    public Optional<U128> vestingBalance(Externalities ext, AccountId who) {
        return vesting.find(ext, who)
                .map(schedules -> currency.balance(ext, who).min(lockedAt(block.blockNumber(ext), schedules)));
    }

    @Override
    public void addVestingSchedule(Externalities ext, AccountId who, U128 locked, U128 perBlock, long startingBlock)
            throws DispatchException {
        if (locked.isZero()) {
            return;
        }
        VestingTerms schedule = new VestingTerms(locked, perBlock, startingBlock);
        ensure(schedule.isValid(), Error.INVALID_SCHEDULE_PARAMS);
        List<VestingTerms> schedules = new ArrayList<>(vesting.find(ext, who).orElse(List.of()));
        ensure(schedules.size() < config.maxVestingSchedules, Error.AT_MAX_VESTING_SCHEDULES);
        schedules.add(schedule);
        write(ext, who, schedules);
    }

    @Override
    public void canAddVestingSchedule(Externalities ext, AccountId who, U128 locked, U128 perBlock, long startingBlock)
            throws DispatchException {
        ensure(new VestingTerms(locked, perBlock, startingBlock).isValid(), Error.INVALID_SCHEDULE_PARAMS);
        ensure(vesting.decodeLength(ext, who).orElse(0L) < config.maxVestingSchedules, Error.AT_MAX_VESTING_SCHEDULES);
    }

    @Override
    public void removeVestingSchedule(Externalities ext, AccountId who, long index) throws DispatchException {
        List<VestingTerms> schedules = new ArrayList<>(schedulesOf(ext, who));
        if (index < schedules.size()) {
            schedules.remove((int) index);
        }
        write(ext, who, schedules);
    }

    @Override
    public void vestedTransfer(Externalities ext, AccountId source, AccountId target, U128 locked, U128 perBlock,
            long startingBlock) throws DispatchException {
        StorageLayer.of(ext, () -> {
            transfer(ext, source, target, new VestingTerms(locked, perBlock, startingBlock));
            return target;
        });
    }
}
