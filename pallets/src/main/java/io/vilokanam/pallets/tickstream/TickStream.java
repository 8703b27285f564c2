package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.fungible.Fungible;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageDoubleMap;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.frame.time.BlockTime;
import io.vilokanam.pallets.tickstream.Settlement.Outcome;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Quote;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.U128;

/** Viewers pay creators for exactly the seconds they watch: escrow, hash chains, settlement (DESIGN, "Tick-stream"). */
public final class TickStream implements Pallet<TickStreamCall> {

    /**
     * What a runtime decides.
     *
     * @param pot the account that holds all escrow
     * @param minimumDeposit the least escrow, plancks
     * @param maxTicks the longest hash chain
     * @param duePerBlock the most sessions and blocks of the queue that a block works off
     * @param onUpgrade what a chain begins with that gets the pallet by an upgrade, not at genesis
     * @param formerPlatform takes the platform's share of older versions; an upgrade gives it to that of {@code onUpgrade}
     * @param settings who sets the platform and the settlement keys
     */
    public record Config(AccountId pot, U128 minimumDeposit, long maxTicks, int duePerBlock, Settings.Limits limits,
            BatchRules.Limits batches, Genesis onUpgrade, AccountId formerPlatform, EnsureOrigin settings) {}

    /** Who takes which fee, and which keys may settle, from the first block on. */
    public record Genesis(AccountId platform, Permill fee, List<PublicKey> settlementKeys) {}

    private static final int PAYEES_MAX = 8;
    private static final int TITLE_MAX = 128;

    private final Config config;
    private final StreamGovernance governance;
    private final CurrentBlock block;
    private final BlockTime time;
    private final Pot pot;
    final Settlement settlement;
    private final DueQueue queue;
    private final BatchRules batchRules;
    final EventSink<TickStreamEvent> events;

    private final StorageValue<AccountId> platform;
    private final StorageValue<Permill> fee;
    private final StorageMap<PublicKey, Long> settlementKeys;
    private final StorageValue<Long> nextStream;
    final StorageMap<Long, Stream> streams;
    private final StorageValue<Long> nextSession;
    final StorageMap<Long, Session> sessions;
    private final StorageDoubleMap<AccountId, Long, Long> sessionOf;
    private final StorageDoubleMap<AccountId, Long, Unit> freeLooks;

    /** @param governance decides about limits and payouts while the chain runs */
    public TickStream(PalletScope scope, Config config, StreamGovernance governance, CurrentBlock block,
            BlockTime time, Fungible currency) {
        this.governance = governance;
        this.config = config;
        this.block = block;
        this.time = time;
        platform = scope.value("Platform", AccountId.CODEC, AccountId.ZERO, "Who takes the platform's share.");
        fee = scope.value("Fee", Permill.CODEC, new Permill(0), "The platform's share of what new sessions pay.");
        settlementKeys = scope.optionalMap("SettlementKeys", Hasher.BLAKE2_128_CONCAT, Batch.KEY_CODEC, Codecs.U64,
                "The keys that may settle, each with the nonce of its next batch.");
        nextStream = scope.value("NextStream", Codecs.U64, 0L, "The id of the next stream.");
        streams = scope.optionalMap("Streams", Hasher.TWOX_64_CONCAT, Codecs.U64, Stream.CODEC,
                "What is offered. Ids are counted, so a plain hash spreads them well enough.");
        nextSession = scope.value("NextSession", Codecs.U64, 0L, "The id of the next session.");
        sessions = scope.optionalMap("Sessions", Hasher.TWOX_64_CONCAT, Codecs.U64, Session.CODEC,
                "Sessions that are not over.");
        sessionOf = scope.optionalDoubleMap("SessionOf", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC,
                Hasher.TWOX_64_CONCAT,
                Codecs.U64, Codecs.U64, "The one session of a viewer and stream.");
        freeLooks = scope.optionalDoubleMap("FreeLooks", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC,
                Hasher.TWOX_64_CONCAT,
                Codecs.U64, Codecs.UNIT, "The viewers who had their free ticks of a stream.");
        StorageMap<AccountId, U128> accrued = scope.map("Accrued", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC,
                Codecs.U128,
                U128.ZERO, "What waits for accounts that could not be paid.");
        queue = new DueQueue(
                scope.optionalDoubleMap("Due", Hasher.TWOX_64_CONCAT, Codecs.U32, Hasher.TWOX_64_CONCAT, Codecs.U64,
                        Codecs.UNIT, "Sessions by the block in which their window ends or they expire."),
                scope.optionalValue("DueCursor", Codecs.U32,
                        "The first block whose due sessions may not be worked off yet."));
        scope.calls(TickStreamCall.CALLS, "pallet_tick_stream::pallet::Call", "T");
        events = scope.events(TickStreamEvent.EVENTS, "pallet_tick_stream::pallet::Event", "T");
        scope.errors(TickStreamError.ERRORS, "pallet_tick_stream::pallet::Error", "T");
        scope.constant("Pot", AccountId.CODEC, config.pot, "The account that holds all escrow.");
        scope.constant("MinimumDeposit", Codecs.U128, config.minimumDeposit, "The least escrow of a session.");
        scope.constant("MaxTicks", Codecs.U32, config.maxTicks, "The longest hash chain.");
        scope.constant("Limits", Settings.Limits.CODEC, config.limits, "How entries settle and sessions end.");
        pot = new Pot(config.pot, governance, currency, accrued, events);
        settlement = new Settlement(governance);
        batchRules = new BatchRules(config.batches, block, settlementKeys);
    }

    public void build(Externalities ext, Genesis genesis) {
        platform.put(ext, genesis.platform);
        fee.put(ext, genesis.fee);
        genesis.settlementKeys.forEach(key -> settlementKeys.put(ext, key, 0L));
    }

    /**
     * The first block of a chain that gets the pallet by an upgrade: stores what genesis would have stored. The pot's
     * existential deposit is minted, as no account can be counted on to have it to give.
     */
    @Override
    public Weight onRuntimeUpgrade(Externalities ext) {
        if (platform.exists(ext)) {
            return succeed(ext);
        }
        build(ext, config.onUpgrade);
        pot.open(ext);
        return TickStreamWeights.upgrade(config.onUpgrade.settlementKeys.size());
    }

    /** The platform of older versions makes room for the present one, unless governance had named another. */
    private Weight succeed(Externalities ext) {
        AccountId former = platform.get(ext);
        if (former.equals(config.onUpgrade.platform) || !former.equals(config.formerPlatform)) {
            return TickStreamWeights.upgradeNotNeeded();
        }
        platform.put(ext, config.onUpgrade.platform);
        return TickStreamWeights.newPlatform();
    }

    @Override
    public Weight weigh(TickStreamCall call) {
        return governed(TickStreamWeights.of(call, config.limits.stepMax(), PAYEES_MAX),
                TickStreamWeights.payouts(call, PAYEES_MAX));
    }

    /** With what it costs to ask about so many payouts. */
    Weight governed(Weight weight, long payouts) {
        return weight.plus(governance.weight(payouts));
    }

    @Override
    public DispatchClass dispatchClass(TickStreamCall call) {
        return DispatchClass.NORMAL;
    }

    @Override
    public Pays paysFee(TickStreamCall call) {
        return call instanceof TickStreamCall.SettleBatch ? Pays.NO : Pays.YES;
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, TickStreamCall call) throws DispatchException {
        switch (call) {
            case TickStreamCall.CreateStream create -> createStream(ext, origin.ensureSigned(), create);
            case TickStreamCall.UpdateStream update -> updateStream(ext, origin.ensureSigned(), update);
            case TickStreamCall.OpenSession open -> openSession(ext, origin.ensureSigned(), open);
            case TickStreamCall.TopUp(long session, U128 amount) -> topUp(ext, origin.ensureSigned(), session, amount);
            case TickStreamCall.SettleBatch(Batch batch, Bytes signature) -> {
                origin.ensureNone();
                return PostDispatchInfo.weighing(settleBatch(ext, batch, signature));
            }
            case TickStreamCall.Claim(Entry entry) -> {
                origin.ensureSigned();
                return PostDispatchInfo.weighing(claim(ext, entry));
            }
            case TickStreamCall.RequestClose(long session) -> requestClose(ext, origin.ensureSigned(), session);
            case TickStreamCall.CloseWithWord(Entry entry) -> {
                return PostDispatchInfo.weighing(closeWithWord(ext, origin.ensureSigned(), entry));
            }
            case TickStreamCall.PayAccrued(AccountId account) -> {
                origin.ensureSigned();
                payAccrued(ext, account);
            }
            case TickStreamCall.SetSettlementKey(PublicKey key, boolean registered) -> {
                config.settings.ensure(ext, origin);
                setSettlementKey(ext, key, registered);
            }
            case TickStreamCall.SetPlatform(AccountId account, Permill share) -> {
                config.settings.ensure(ext, origin);
                setPlatform(ext, account, share);
            }
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    @Override
    public Weight onInitialize(Externalities ext, long number) {
        int visited = queue.workOff(ext, number, config.duePerBlock, session -> due(ext, number, session));
        return governed(TickStreamWeights.due(visited), 0);
    }

    @Override
    public Result<ValidTransaction, TransactionValidityError> validateUnsigned(Externalities ext,
            TransactionSource source,
            TickStreamCall call) {
        return batchRules.validate(ext, call);
    }

    @Override
    public Optional<TransactionValidityError> preDispatchUnsigned(Externalities ext, TickStreamCall call) {
        return switch (batchRules.validate(ext, call)) {
            case Result.Ok<ValidTransaction, TransactionValidityError> _ -> Optional.empty();
            case Result.Err<ValidTransaction, TransactionValidityError>(var error) -> Optional.of(error);
        };
    }

    // Streams.

    private void createStream(Externalities ext, AccountId creator, TickStreamCall.CreateStream create)
            throws DispatchException {
        ensure(!create.rate().isZero(), TickStreamError.RATE_IS_ZERO);
        ensure(create.title().size() <= TITLE_MAX, TickStreamError.TITLE_TOO_LONG);
        List<Payee> payees = payees(creator, create.payees());
        long id = nextStream.get(ext);
        nextStream.put(ext, id + 1);
        streams.put(ext, id, new Stream(creator, create.rate(), payees, create.freeTicks(), create.title(), true));
        events.deposit(ext, new TickStreamEvent.StreamCreated(id, creator, create.rate()));
    }

    private void updateStream(Externalities ext, AccountId signer, TickStreamCall.UpdateStream update)
            throws DispatchException {
        Stream stream = stream(ext, update.stream());
        ensure(stream.creator().equals(signer), TickStreamError.NOT_THE_CREATOR);
        ensure(!update.rate().isZero(), TickStreamError.RATE_IS_ZERO);
        List<Payee> payees = payees(signer, update.payees());
        streams.put(ext, update.stream(),
                new Stream(signer, update.rate(), payees, update.freeTicks(), stream.title(), update.active()));
        events.deposit(ext, new TickStreamEvent.StreamUpdated(update.stream(), update.rate(), update.active()));
    }

    /** The payees asked for, or the creator alone where none are. */
    private List<Payee> payees(AccountId creator, List<Payee> asked) throws DispatchException {
        if (asked.isEmpty()) {
            return List.of(new Payee(creator, new Permill(Permill.ONE)));
        }
        boolean distinct = asked.stream().map(Payee::account).distinct().count() == asked.size();
        boolean positive = asked.stream().allMatch(payee -> payee.share().parts() > 0);
        // What the pot paid to itself would belong to nobody.
        boolean outside = asked.stream().noneMatch(payee -> payee.account().equals(config.pot));
        long sum = asked.stream().mapToLong(payee -> payee.share().parts()).sum();
        ensure(asked.size() <= PAYEES_MAX && distinct && positive && outside && sum == Permill.ONE,
                TickStreamError.BAD_PAYEES);
        return asked;
    }

    // Sessions.

    private void openSession(Externalities ext, AccountId viewer, TickStreamCall.OpenSession open)
            throws DispatchException {
        Stream stream = stream(ext, open.stream());
        ensure(stream.active(), TickStreamError.STREAM_NOT_ACTIVE);
        ensure(!stream.rate().isMoreThan(open.maxRate()), TickStreamError.RATE_TOO_HIGH);
        ensure(open.deposit().isAtLeast(config.minimumDeposit), TickStreamError.DEPOSIT_TOO_LOW);
        ensure(open.maxTicks() > 0 && open.maxTicks() <= config.maxTicks, TickStreamError.BAD_CHAIN_LENGTH);
        ensure(!sessionOf.contains(ext, viewer, open.stream()), TickStreamError.SESSION_ALREADY_OPEN);
        pot.collect(ext, viewer, open.deposit());
        long id = nextSession.get(ext);
        nextSession.put(ext, id + 1);
        long expiresAt = block.blockNumber(ext) + governance.limits(ext).expiryBlocks();
        Terms terms = new Terms(open.stream(), viewer, stream.rate(), fee.get(ext),
                freeTicksFor(ext, viewer, open.stream(), stream),
                open.maxTicks(), open.salt(), open.closeHash(), open.sessionKey(), time.now(ext));
        if (stream.freeTicks() > 0) {
            freeLooks.put(ext, viewer, open.stream(), Unit.UNIT);
        }
        sessions.put(ext, id, new Session(terms, open.anchor(), 0, U128.ZERO, U128.ZERO, open.deposit(),
                new SessionStatus.Open(expiresAt)));
        sessionOf.put(ext, viewer, open.stream(), id);
        queue.add(ext, expiresAt, id);
        events.deposit(ext,
                new TickStreamEvent.SessionOpened(id, open.stream(), viewer, stream.rate(), open.deposit()));
    }

    private long freeTicksFor(Externalities ext, AccountId viewer, long id, Stream stream) {
        return freeLooks.contains(ext, viewer, id) ? 0 : stream.freeTicks();
    }

    private void topUp(Externalities ext, AccountId signer, long id, U128 amount) throws DispatchException {
        Session session = session(ext, id);
        ensure(session.terms().viewer().equals(signer), TickStreamError.NOT_THE_VIEWER);
        ensure(session.isOpen(), TickStreamError.SESSION_CLOSING);
        ensure(!amount.isZero(), TickStreamError.DEPOSIT_TOO_LOW);
        pot.collect(ext, signer, amount);
        long expiresAt = block.blockNumber(ext) + governance.limits(ext).expiryBlocks();
        sessions.put(ext, id,
                session.withEscrow(session.escrow().plus(amount)).withStatus(new SessionStatus.Open(expiresAt)));
        queue.add(ext, expiresAt, id);
        events.deposit(ext, new TickStreamEvent.ToppedUp(id, amount));
    }

    private void requestClose(Externalities ext, AccountId signer, long id) throws DispatchException {
        Session session = session(ext, id);
        ensure(session.terms().viewer().equals(signer), TickStreamError.NOT_THE_VIEWER);
        ensure(session.isOpen(), TickStreamError.SESSION_CLOSING);
        sessions.put(ext, id, closing(ext, id, session));
    }

    /** Starts the challenge window. */
    Session closing(Externalities ext, long id, Session session) {
        long until = block.blockNumber(ext) + governance.limits(ext).challengeBlocks();
        queue.add(ext, until, id);
        events.deposit(ext, new TickStreamEvent.CloseRequested(id, until));
        return session.withStatus(new SessionStatus.Closing(until));
    }

    /** Something is due for a session, unless it is over or was topped up since. */
    private void due(Externalities ext, long number, long id) {
        Optional<Session> found = sessions.find(ext, id);
        if (found.isEmpty()) {
            return;
        }
        switch (found.get().status()) {
            case SessionStatus.Open(long expiresAt) when expiresAt <= number -> sessions.put(ext, id,
                    closing(ext, id, found.get()));
            case SessionStatus.Closing(long until) when until <= number -> finish(ext, id, found.get());
            case SessionStatus.Open _,SessionStatus.Closing _ -> {
            }
        }
    }

    /** Ends a session: the rest of the escrow goes back to the viewer. */
    private void finish(Externalities ext, long id, Session session) {
        sessions.remove(ext, id);
        sessionOf.remove(ext, session.terms().viewer(), session.terms().stream());
        pot.pay(ext, session.terms().viewer(), session.escrow());
        events.deposit(ext, new TickStreamEvent.SessionClosed(id, session.settledTicks(), session.charged(),
                session.escrow()));
    }

    // Settlement.

    private Weight settleBatch(Externalities ext, Batch batch, Bytes signature) throws DispatchException {
        batchRules.ensureValid(ext, batch, signature);
        settlementKeys.put(ext, batch.key(), batch.nonce() + 1);
        return new BatchRun(this, ext, batch, time.now(ext)).settle();
    }

    void payStream(Externalities ext, long id, Stream stream, U128 amount) {
        if (!amount.isZero()) {
            pot.payOut(ext, stream.payees(), amount);
            events.deposit(ext, new TickStreamEvent.StreamPaid(id, amount));
        }
    }

    void payPlatform(Externalities ext, U128 amount) {
        if (!amount.isZero()) {
            pot.pay(ext, platform.get(ext), amount);
            events.deposit(ext, new TickStreamEvent.PlatformPaid(amount));
        }
    }

    /** A session after it was settled, and what that took. */
    private record Claimed(Session session, long hashes, int payees) {}

    private Weight claim(Externalities ext, Entry entry) throws DispatchException {
        Claimed claimed = settleOne(ext, session(ext, entry.session()), entry);
        sessions.put(ext, entry.session(), claimed.session);
        return governed(TickStreamWeights.claim(claimed.hashes, claimed.payees), claimed.payees);
    }

    /** Settles one entry and pays at once. */
    private Claimed settleOne(Externalities ext, Session session, Entry entry) throws DispatchException {
        switch (settlement.settle(ext, session, entry, time.now(ext), config.limits.stepMax())) {
            case Outcome.Settled(Session after, U128 gross, U128 share, long hashes) -> {
                Stream stream = stream(ext, session.terms().stream());
                events.deposit(ext, new TickStreamEvent.Settled(entry.session(), entry.ticks(), gross, share));
                payStream(ext, session.terms().stream(), stream, gross.minus(share));
                payPlatform(ext, share);
                return new Claimed(after, hashes, stream.payees().size());
            }
            case Outcome.Skipped(SkipReason reason, long _) -> throw new DispatchException(TickStreamError.of(reason));
        }
    }

    private Weight closeWithWord(Externalities ext, AccountId signer, Entry entry) throws DispatchException {
        Session session = session(ext, entry.session());
        Stream stream = stream(ext, session.terms().stream());
        boolean isPayee = stream.payees().stream().anyMatch(payee -> payee.account().equals(signer));
        ensure(isPayee || stream.creator().equals(signer), TickStreamError.NOT_A_PAYEE);
        boolean nothingNew = entry.ticks() == session.settledTicks() && entry.word().equals(session.anchor());
        Claimed claimed = nothingNew ? new Claimed(session, 0, 0) : settleOne(ext, session, entry);
        finish(ext, entry.session(), claimed.session);
        return governed(TickStreamWeights.closeWithWord(claimed.hashes, claimed.payees), claimed.payees);
    }

    private void payAccrued(Externalities ext, AccountId account) throws DispatchException {
        ensure(!pot.waitingFor(ext, account).isZero(), TickStreamError.NOTHING_ACCRUED);
        pot.pay(ext, account, U128.ZERO);
        ensure(pot.waitingFor(ext, account).isZero(), TickStreamError.CANNOT_BE_PAID);
    }

    // Settings.

    private void setSettlementKey(Externalities ext, PublicKey key, boolean registered) throws DispatchException {
        if (registered) {
            if (!settlementKeys.contains(ext, key)) {
                settlementKeys.put(ext, key, 0L);
            }
        } else {
            ensure(settlementKeys.contains(ext, key), TickStreamError.UNKNOWN_KEY);
            settlementKeys.remove(ext, key);
        }
        events.deposit(ext, new TickStreamEvent.SettlementKeySet(key, registered));
    }

    private void setPlatform(Externalities ext, AccountId account, Permill share) throws DispatchException {
        ensure(share.parts() <= Permill.ONE, TickStreamError.BAD_FEE);
        // What the pot paid to itself would belong to nobody.
        ensure(!account.equals(config.pot), TickStreamError.BAD_PAYEES);
        platform.put(ext, account);
        fee.put(ext, share);
        events.deposit(ext, new TickStreamEvent.PlatformSet(account, share));
    }

    /** The account that holds all escrow. */
    public AccountId pot() {
        return config.pot;
    }

    // What the runtime API shows.

    private Stream stream(Externalities ext, long id) throws DispatchException {
        return streams.find(ext, id).orElseThrow(() -> new DispatchException(TickStreamError.UNKNOWN_STREAM));
    }

    private Session session(Externalities ext, long id) throws DispatchException {
        return sessions.find(ext, id).orElseThrow(() -> new DispatchException(TickStreamError.UNKNOWN_SESSION));
    }

    public Optional<Stream> findStream(Externalities ext, long id) {
        return streams.find(ext, id);
    }

    public Optional<Session> findSession(Externalities ext, long id) {
        return sessions.find(ext, id);
    }

    /** The session of a viewer and stream that is not over. */
    public Optional<Long> findSessionOf(Externalities ext, AccountId viewer, long stream) {
        return sessionOf.find(ext, viewer, stream);
    }

    /** The nonce of a settlement key's next batch; empty if the key is not registered. */
    public Optional<Long> nextNonce(Externalities ext, PublicKey key) {
        return settlementKeys.find(ext, key);
    }

    /** What a settlement key signs for a batch. */
    public Bytes payload(Externalities ext, Batch batch) {
        return Bytes.wrap(batchRules.payload(ext, batch));
    }

    public Settings settings(Externalities ext) {
        return new Settings(platform.get(ext), fee.get(ext), config.minimumDeposit, config.maxTicks,
                config.batches.entriesMax(), config.batches.hashesMax(), config.batches.paymentsMax(),
                config.batches.validityMax(), governance.limits(ext));
    }

    /** What viewing would cost a viewer who put {@code deposit} into escrow now. */
    public Optional<Quote> quote(Externalities ext, long id, AccountId viewer, U128 deposit) {
        return streams.find(ext, id).map(stream -> {
            long free = freeTicksFor(ext, viewer, id, stream);
            U128 bought = deposit.dividedBy(stream.rate()).saturatingPlus(U128.of(free));
            return new Quote(stream.rate(), fee.get(ext), free, config.minimumDeposit,
                    bought.min(U128.of(config.maxTicks)));
        });
    }
}
