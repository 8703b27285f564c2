package io.vilokanam.pallets.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.Variants;

/** The voters of GRANDPA and the changes of their set, told to the consensus engine by digests ({@code pallet_grandpa}). */
public final class Grandpa implements Pallet<Grandpa.Call> {

    public record Config(int maxAuthorities, int maxNominators, long maxSetIdSessionEntries) {}

    public record Genesis(List<Authority> authorities) {}

    public sealed interface Call {
        record ReportEquivocation(Equivocations.Proof equivocationProof, Equivocations.KeyOwnerProof keyOwnerProof)
                implements
                Call {}

        record ReportEquivocationUnsigned(Equivocations.Proof equivocationProof,
                Equivocations.KeyOwnerProof keyOwnerProof)
                implements
                Call {}

        record NoteStalled(long delay, long bestFinalizedBlockNumber) implements Call {}
    }

    public sealed interface Event {
        record NewAuthorities(List<Authority> authoritySet) implements Event {}

        record Paused() implements Event {}

        record Resumed() implements Event {}
    }

    public enum Error implements PalletError {
        PAUSE_FAILED, RESUME_FAILED, CHANGE_PENDING, TOO_SOON, INVALID_KEY_OWNERSHIP_PROOF, INVALID_EQUIVOCATION_PROOF, DUPLICATE_OFFENCE_REPORT
    }

    private static final String PROOF = "Box<EquivocationProof<T::Hash, BlockNumberFor<T>>>";

    static final Variants<Call> CALLS = Variants.of(Call.class)
            .with(0, "report_equivocation", Call.ReportEquivocation.class,
                    struct(Call.ReportEquivocation::new,
                            field("equivocation_proof", PROOF, Equivocations.PROOF,
                                    Call.ReportEquivocation::equivocationProof),
                            field("key_owner_proof", "T::KeyOwnerProof", Equivocations.NO_PROOF,
                                    Call.ReportEquivocation::keyOwnerProof)),
                    "Report a voter that voted twice in one round.")
            .with(1, "report_equivocation_unsigned", Call.ReportEquivocationUnsigned.class,
                    struct(Call.ReportEquivocationUnsigned::new,
                            field("equivocation_proof", PROOF, Equivocations.PROOF,
                                    Call.ReportEquivocationUnsigned::equivocationProof),
                            field("key_owner_proof", "T::KeyOwnerProof", Equivocations.NO_PROOF,
                                    Call.ReportEquivocationUnsigned::keyOwnerProof)),
                    "Report a voter that voted twice in one round; made by the block's author.")
            .with(2, "note_stalled", Call.NoteStalled.class,
                    struct(Call.NoteStalled::new,
                            field("delay", "BlockNumberFor<T>", Codecs.U32, Call.NoteStalled::delay),
                            field("best_finalized_block_number", "BlockNumberFor<T>", Codecs.U32,
                                    Call.NoteStalled::bestFinalizedBlockNumber)),
                    "Note that finality has stalled: the next change of the set is forced, `delay` blocks later.")
            .complete();

    static final Variants<Event> EVENTS = Variants.of(Event.class)
            .with(0, "NewAuthorities", Event.NewAuthorities.class,
                    struct(Event.NewAuthorities::new,
                            field("authority_set", "AuthorityList", Authority.LIST,
                                    Event.NewAuthorities::authoritySet)),
                    "A new authority set is in effect.")
            .with(1, "Paused", Event.Paused.class, struct(Event.Paused::new), "The authority set was paused.")
            .with(2, "Resumed", Event.Resumed.class, struct(Event.Resumed::new), "The authority set was resumed.")
            .complete();

    static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "PauseFailed", Error.PAUSE_FAILED, "The set is not live, so it cannot be paused.")
            .with(1, "ResumeFailed", Error.RESUME_FAILED, "The set is not paused, so it cannot be resumed.")
            .with(2, "ChangePending", Error.CHANGE_PENDING, "Another change is pending.")
            .with(3, "TooSoon", Error.TOO_SOON, "A forced change follows too soon on the last one.")
            .with(4, "InvalidKeyOwnershipProof", Error.INVALID_KEY_OWNERSHIP_PROOF,
                    "The proof that the key belonged to a voter is not valid.")
            .with(5, "InvalidEquivocationProof", Error.INVALID_EQUIVOCATION_PROOF,
                    "The proof that the voter voted twice is not valid.")
            .with(6, "DuplicateOffenceReport", Error.DUPLICATE_OFFENCE_REPORT, "The offence was reported before.")
            .complete();

    private static final int STORAGE_VERSION = 5;
    private static final long BLOCK_NUMBER_MAX = 0xffff_ffffL;
    private static final long MICROSECOND = 1_000_000;
    private static final long NANOSECOND = 1_000;

    private final Config config;
    private final CurrentBlock block;
    private final StorageValue<StoredState> state;
    private final StorageValue<PendingChange> pendingChange;
    private final StorageValue<Map.Entry<Long, Long>> stalled;
    private final StorageValue<Long> currentSetId;
    private final StorageMap<Long, Long> setIdSession;
    private final StorageValue<List<Authority>> authorities;
    private final EventSink<Event> events;

    public Grandpa(PalletScope scope, Config config, CurrentBlock block) {
        this.config = config;
        this.block = block;
        scope.storageVersion(STORAGE_VERSION);
        this.state = scope.value("State", StoredState.CODEC, new StoredState.Live(), "Whether the set votes.");
        this.pendingChange = scope.optionalValue("PendingChange", PendingChange.CODEC,
                "A change of the set that was announced and is not in effect yet.");
        scope.optionalValue("NextForced", Codecs.U32, "The next block in which a change may be forced.");
        this.stalled = scope.optionalValue("Stalled", Codecs.tuple(Codecs.U32, Codecs.U32),
                "Set while finality has stalled: how long to wait on, and the last block known to be final.");
        this.currentSetId = scope.value("CurrentSetId", Codecs.U64, 0L, "How often the set has changed.");
        this.setIdSession = scope.optionalMap("SetIdSession", Hasher.TWOX_64_CONCAT, Codecs.U64, Codecs.U32,
                "In which session a set came into office.");
        this.authorities = scope.value("Authorities", Authority.BOUNDED_LIST, List.of(), "The present voters.");
        scope.calls(CALLS, "pallet_grandpa::pallet::Call", "T");
        this.events = scope.events(EVENTS, "pallet_grandpa::pallet::Event");
        scope.errors(ERRORS, "pallet_grandpa::pallet::Error", "T");
        scope.constant("MaxAuthorities", Codecs.U32, (long) config.maxAuthorities, "The most voters of a set.");
        scope.constant("MaxNominators", Codecs.U32, (long) config.maxNominators, "The most nominators of a voter.");
        scope.constant("MaxSetIdSessionEntries", Codecs.U64, config.maxSetIdSessionEntries,
                "How many sets are remembered with their session.");
    }

    public void build(Externalities ext, Genesis genesis) {
        if (genesis.authorities.size() > config.maxAuthorities) {
            throw new IllegalArgumentException("grandpa.authorities: at most " + config.maxAuthorities + ", got "
                    + genesis.authorities.size());
        }
        currentSetId.put(ext, 0L);
        if (!genesis.authorities.isEmpty()) {
            if (!authorities.get(ext).isEmpty()) {
                throw new RuntimePanic("Authorities are already initialized!");
            }
            authorities.put(ext, genesis.authorities);
        }
        setIdSession.put(ext, 0L, 0L);
    }

    @Override
    public Weight weigh(Call call) {
        return switch (call) {
            case Call.ReportEquivocation _,Call.ReportEquivocationUnsigned _ -> reportEquivocationWeight();
            case Call.NoteStalled _ -> new Weight(3 * MICROSECOND, 0).plus(DbWeight.ROCKS_DB.writes(1));
        };
    }

    /** FRAME's estimate for the smallest set it reckons with, 100 voters. */
    private Weight reportEquivocationWeight() {
        long nominators = config.maxNominators;
        long time = 35 * MICROSECOND + 175 * NANOSECOND * 100 + 95 * MICROSECOND + 110 * MICROSECOND
                + 25 * MICROSECOND * nominators;
        return new Weight(time, 0)
                .plus(DbWeight.ROCKS_DB.readsWrites(5 + 14 + 3 * nominators + 2, 10 + 3 * nominators));
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, Call call) throws DispatchException {
        switch (call) {
            case Call.ReportEquivocation _,Call.ReportEquivocationUnsigned _ -> throw new IllegalStateException(
                    "a report cannot be decoded: there are no key ownership proofs");
            case Call.NoteStalled(long delay, long best) -> noteStalled(ext, origin, delay, best);
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    /** Only reports come unsigned, and those cannot be decoded. */
    @Override
    public Result<ValidTransaction, TransactionValidityError> validateUnsigned(Externalities ext,
            TransactionSource source,
            Call call) {
        return Result.err(TransactionValidityError.of(new InvalidTransaction.Call()));
    }

    @Override
    public Optional<TransactionValidityError> preDispatchUnsigned(Externalities ext, Call call) {
        return Optional.of(TransactionValidityError.of(new InvalidTransaction.Call()));
    }

    @Override
    public void onFinalize(Externalities ext, long number) {
        pendingChange.find(ext).ifPresent(change -> proceed(ext, number, change));
        switch (state.get(ext)) {
            case StoredState.PendingPause(long scheduledAt, long delay) -> pause(ext, number, scheduledAt, delay);
            case StoredState.PendingResume(long scheduledAt, long delay) -> resume(ext, number, scheduledAt, delay);
            case StoredState.Live _,StoredState.Paused _ -> {
            }
        }
    }

    private void proceed(Externalities ext, long number, PendingChange change) {
        if (number == change.scheduledAt()) {
            announce(ext, change);
        }
        if (isDue(number, change.scheduledAt(), change.delay())) {
            authorities.put(ext, change.nextAuthorities());
            events.deposit(ext, new Event.NewAuthorities(change.nextAuthorities()));
            pendingChange.kill(ext);
        }
    }

    /** Block numbers wrap where their sum does not fit 32 bits, as in a runtime built without overflow checks. */
    private static boolean isDue(long number, long scheduledAt, long delay) {
        return number == (scheduledAt + delay & BLOCK_NUMBER_MAX);
    }

    /** Log 1 is a scheduled change, log 2 a forced one with the best finalised block in front. */
    private void announce(Externalities ext, PendingChange change) {
        ScaleOutput log = new ScaleOutput();
        change.forced().ifPresentOrElse(best -> log.u8(2).u32(best), () -> log.u8(1));
        Authority.LIST.encode(change.nextAuthorities(), log);
        log.u32(change.delay());
        deposit(ext, log);
    }

    private void pause(Externalities ext, long number, long scheduledAt, long delay) {
        if (number == scheduledAt) {
            deposit(ext, new ScaleOutput().u8(4).u32(delay));
        }
        if (isDue(number, scheduledAt, delay)) {
            state.put(ext, new StoredState.Paused());
            events.deposit(ext, new Event.Paused());
        }
    }

    private void resume(Externalities ext, long number, long scheduledAt, long delay) {
        if (number == scheduledAt) {
            deposit(ext, new ScaleOutput().u8(5).u32(delay));
        }
        if (isDue(number, scheduledAt, delay)) {
            state.put(ext, new StoredState.Live());
            events.deposit(ext, new Event.Resumed());
        }
    }

    private void deposit(Externalities ext, ScaleOutput log) {
        block.depositLog(ext, new DigestItem.Consensus(DigestItem.GRANDPA, log.toBytes()));
    }

    public List<Authority> authorities(Externalities ext) {
        return authorities.get(ext);
    }

    public long currentSetId(Externalities ext) {
        return currentSetId.get(ext);
    }

    public Optional<Long> sessionOf(Externalities ext, long setId) {
        return setIdSession.find(ext, setId);
    }

    private void noteStalled(Externalities ext, Origin origin, long delay, long bestFinalised)
            throws DispatchException {
        origin.ensureRoot();
        stalled.put(ext, Map.entry(delay, bestFinalised));
    }
}
