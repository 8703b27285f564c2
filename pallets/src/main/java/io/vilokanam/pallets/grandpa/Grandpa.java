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
import io.vilokanam.frame.session.MembershipProof;
import io.vilokanam.frame.session.SessionHandler;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.Variants;

/** The voters of GRANDPA and the changes of their set, told to the consensus engine by digests ({@code pallet_grandpa}). */
public final class Grandpa implements Pallet<Grandpa.Call>, SessionHandler {

    public record Config(int maxAuthorities, int maxNominators, long maxSetIdSessionEntries) {}

    public record Genesis(List<Authority> authorities) {}

    public sealed interface Call {
        record ReportEquivocation(Equivocations.Proof equivocationProof, MembershipProof keyOwnerProof)
                implements
                Call {}

        record ReportEquivocationUnsigned(Equivocations.Proof equivocationProof, MembershipProof keyOwnerProof)
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

    private static Variants<Call> calls(Codec<MembershipProof> ownership) {
        return Variants.of(Call.class)
                .with(0, "report_equivocation", Call.ReportEquivocation.class,
                        struct(Call.ReportEquivocation::new,
                                field("equivocation_proof", PROOF, Equivocations.PROOF,
                                        Call.ReportEquivocation::equivocationProof),
                                field("key_owner_proof", "T::KeyOwnerProof", ownership,
                                        Call.ReportEquivocation::keyOwnerProof)),
                        "Report a voter that voted twice in one round.")
                .with(1, "report_equivocation_unsigned", Call.ReportEquivocationUnsigned.class,
                        struct(Call.ReportEquivocationUnsigned::new,
                                field("equivocation_proof", PROOF, Equivocations.PROOF,
                                        Call.ReportEquivocationUnsigned::equivocationProof),
                                field("key_owner_proof", "T::KeyOwnerProof", ownership,
                                        Call.ReportEquivocationUnsigned::keyOwnerProof)),
                        "Report a voter that voted twice in one round; made by the block's author.")
                .with(2, "note_stalled", Call.NoteStalled.class,
                        struct(Call.NoteStalled::new,
                                field("delay", "BlockNumberFor<T>", Codecs.U32, Call.NoteStalled::delay),
                                field("best_finalized_block_number", "BlockNumberFor<T>", Codecs.U32,
                                        Call.NoteStalled::bestFinalizedBlockNumber)),
                        "Note that finality has stalled: the next change of the set is forced, `delay` blocks later.")
                .complete();
    }

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
    private static final long VALIDATORS_MIN = 100;
    private static final PostDispatchInfo FREE = new PostDispatchInfo(Optional.empty(), Pays.NO);
    private static final long BLOCK_NUMBER_MAX = 0xffff_ffffL;
    private static final long MICROSECOND = 1_000_000;
    private static final long NANOSECOND = 1_000;

    private final Config config;
    private final CurrentBlock block;
    private final StorageValue<StoredState> state;
    private final StorageValue<PendingChange> pendingChange;
    private final StorageValue<Long> nextForced;
    private final StorageValue<Map.Entry<Long, Long>> stalled;
    private final StorageValue<Long> currentSetId;
    private final StorageMap<Long, Long> setIdSession;
    private final StorageValue<List<Authority>> authorities;
    private final EventSink<Event> events;
    private final Reports reports;

    /** @param accountability missing in runtimes without sessions: there no equivocation can be reported */
    public Grandpa(PalletScope scope, Config config, CurrentBlock block, Optional<Accountability> accountability) {
        this.config = config;
        this.block = block;
        scope.storageVersion(STORAGE_VERSION);
        this.state = scope.value("State", StoredState.CODEC, new StoredState.Live(), "Whether the set votes.");
        this.pendingChange = scope.optionalValue("PendingChange", PendingChange.CODEC,
                "A change of the set that was announced and is not in effect yet.");
        this.nextForced = scope.optionalValue("NextForced", Codecs.U32,
                "The next block in which a change may be forced.");
        this.stalled = scope.optionalValue("Stalled", Codecs.tuple(Codecs.U32, Codecs.U32),
                "Set while finality has stalled: how long to wait on, and the last block known to be final.");
        this.currentSetId = scope.value("CurrentSetId", Codecs.U64, 0L, "How often the set has changed.");
        this.setIdSession = scope.optionalMap("SetIdSession", Hasher.TWOX_64_CONCAT, Codecs.U64, Codecs.U32,
                "In which session a set came into office.");
        this.authorities = scope.value("Authorities", Authority.BOUNDED_LIST, List.of(), "The present voters.");
        this.reports = new Reports(accountability, setIdSession);
        scope.calls(calls(accountability.isPresent() ? MembershipProof.CODEC : Equivocations.NO_PROOF),
                "pallet_grandpa::pallet::Call", "T");
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
        initialise(ext, genesis.authorities);
    }

    private void initialise(Externalities ext, List<Authority> first) {
        if (!first.isEmpty()) {
            if (!authorities.get(ext).isEmpty()) {
                throw new RuntimePanic("Authorities are already initialized!");
            }
            authorities.put(ext, first);
        }
        setIdSession.put(ext, 0L, 0L);
    }

    @Override
    public Weight weigh(Call call) {
        return switch (call) {
            case Call.ReportEquivocation(_, var ownership) -> reportEquivocationWeight(ownership.validatorCount());
            case Call.ReportEquivocationUnsigned(_, var ownership) ->
                reportEquivocationWeight(ownership.validatorCount());
            case Call.NoteStalled _ -> new Weight(3 * MICROSECOND, 0).plus(DbWeight.ROCKS_DB.writes(1));
        };
    }

    /** FRAME's estimate; it reckons with 100 voters at least. */
    private Weight reportEquivocationWeight(long validators) {
        long nominators = config.maxNominators;
        long time = 35 * MICROSECOND + 175 * NANOSECOND * Math.max(VALIDATORS_MIN, validators) + 95 * MICROSECOND
                + 110 * MICROSECOND
                + 25 * MICROSECOND * nominators;
        return new Weight(time, 0)
                .plus(DbWeight.ROCKS_DB.readsWrites(5 + 14 + 3 * nominators + 2, 10 + 3 * nominators));
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, Call call) throws DispatchException {
        return switch (call) {
            case Call.ReportEquivocation(var proof, var ownership) -> {
                reports.process(ext, Optional.of(origin.ensureSigned()), proof, ownership);
                yield FREE;
            }
            case Call.ReportEquivocationUnsigned(var proof, var ownership) -> {
                origin.ensureNone();
                reports.process(ext, Optional.empty(), proof, ownership);
                yield FREE;
            }
            case Call.NoteStalled(long delay, long best) -> {
                noteStalled(ext, origin, delay, best);
                yield PostDispatchInfo.AS_ANNOUNCED;
            }
        };
    }

    /** Only reports come unsigned. */
    @Override
    public Result<ValidTransaction, TransactionValidityError> validateUnsigned(Externalities ext,
            TransactionSource source,
            Call call) {
        return call instanceof Call.ReportEquivocationUnsigned(var proof, var ownership)
                ? reports.validate(ext, source, proof, ownership)
                : Result.err(TransactionValidityError.of(new InvalidTransaction.Call()));
    }

    @Override
    public Optional<TransactionValidityError> preDispatchUnsigned(Externalities ext, Call call) {
        return call instanceof Call.ReportEquivocationUnsigned(var proof, var ownership)
                ? reports.check(ext, proof, ownership)
                : Optional.of(TransactionValidityError.of(new InvalidTransaction.Call()));
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

    @Override
    public KeyTypeId keyType() {
        return KeyTypeId.GRANDPA;
    }

    @Override
    public void onGenesisSession(Externalities ext, List<PublicKey> validators) {
        initialise(ext, equallyWeighted(validators));
    }

    /** The new voters take office at the end of this block, or later and by force where finality has stalled. */
    @Override
    public void onNewSession(Externalities ext, long session, boolean changed, List<PublicKey> validators) {
        long setId = currentSetId.get(ext);
        if ((changed || stalled.exists(ext)) && scheduleChange(ext, equallyWeighted(validators))) {
            setId++;
            currentSetId.put(ext, setId);
            long remembered = Math.max(1, config.maxSetIdSessionEntries);
            if (Long.compareUnsigned(setId, remembered) >= 0) {
                setIdSession.remove(ext, setId - remembered);
            }
        }
        setIdSession.put(ext, setId, session);
    }

    private static List<Authority> equallyWeighted(List<PublicKey> validators) {
        return validators.stream().map(key -> new Authority(key, 1)).toList();
    }

    /** False where a change is pending, or a forced one follows too soon on the last: then nothing changes. */
    private boolean scheduleChange(Externalities ext, List<Authority> next) {
        Optional<Map.Entry<Long, Long>> stall = stalled.takeIfPresent(ext);
        if (pendingChange.exists(ext)) {
            return false;
        }
        long number = block.blockNumber(ext);
        long delay = stall.map(Map.Entry::getKey).orElse(0L);
        if (stall.isPresent()) {
            if (nextForced.find(ext).filter(earliest -> earliest > number).isPresent()) {
                return false;
            }
            nextForced.put(ext, number + 2 * delay & BLOCK_NUMBER_MAX);
        }
        pendingChange.put(ext, new PendingChange(number, delay, next, stall.map(Map.Entry::getValue)));
        return true;
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
