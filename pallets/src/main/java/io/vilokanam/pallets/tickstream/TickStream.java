package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.List;
import java.util.Map;
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
import io.vilokanam.frame.storage.StorageMap;
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
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.primitives.tickstream.Offer;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Quote;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.SpendingLimit;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.primitives.tickstream.Subscription;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
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
     * @param tipFee the platform's share of tips
     */
    public record Config(AccountId pot, U128 minimumDeposit, long maxTicks, int duePerBlock, Settings.Limits limits,
            BatchRules.Limits batches, Genesis onUpgrade, AccountId formerPlatform, EnsureOrigin settings,
            Permill tipFee) {}

    /** Who takes which fee, and which keys may settle, from the first block on. */
    public record Genesis(AccountId platform, Permill fee, List<PublicKey> settlementKeys) {}

    /**
     * 0 knew sessions whose viewer pays for everything, and neither tiers nor sponsorships nor spending limits. 1 adds to it: what 0
     * wrote is read as it stands, so that a session goes on which is open while a chain changes from 0 to 1.
     */
    private static final int STORAGE_VERSION = 1;

    private final PalletScope scope;
    private final Config config;
    private final StreamGovernance governance;
    private final BlockTime time;
    private final StorageMap<PublicKey, Long> settlementKeys;
    private final BatchRules batchRules;
    private final SpendingLimits spending;
    private final Pot pot;
    private final DueQueue queue;
    private final Subscriptions subscriptions;
    private final Sponsorships sponsorships;
    private final Gifts gifts;
    final Settlement settlement;
    final Income income;
    final Streams streams;
    final Sessions sessions;
    final EventSink<TickStreamEvent> events;

    /** @param governance decides about limits and payouts while the chain runs */
    public TickStream(PalletScope scope, Config config, StreamGovernance governance, CurrentBlock block,
            BlockTime time, Fungible currency) {
        this.scope = scope;
        this.governance = governance;
        this.config = config;
        this.time = time;
        scope.storageVersion(STORAGE_VERSION);
        scope.calls(TickStreamCall.CALLS, "pallet_tick_stream::pallet::Call", "T");
        events = scope.events(TickStreamEvent.EVENTS, "pallet_tick_stream::pallet::Event", "T");
        scope.errors(TickStreamError.ERRORS, "pallet_tick_stream::pallet::Error", "T");
        settlementKeys = scope.optionalMap("SettlementKeys", Hasher.BLAKE2_128_CONCAT, Batch.KEY_CODEC, Codecs.U64,
                "The keys that may settle, each with the nonce of its next batch.");
        batchRules = new BatchRules(config.batches, block, settlementKeys);
        spending = new SpendingLimits(scope, time, events);
        pot = new Pot(scope, config.pot, governance, spending, currency, events);
        income = new Income(scope, pot, events);
        streams = new Streams(scope, config.pot, events);
        queue = new DueQueue(scope);
        subscriptions = new Subscriptions(scope, time, events);
        sponsorships = new Sponsorships(scope, config.minimumDeposit, time, pot, events);
        gifts = new Gifts(block);
        sessions = new Sessions(scope, new Sessions.Parts(config, governance, block, time, streams, pot, income, queue,
                subscriptions, sponsorships, events));
        settlement = new Settlement(governance);
        scope.constant("Pot", AccountId.CODEC, config.pot, "The account that holds all escrow.");
        scope.constant("MinimumDeposit", Codecs.U128, config.minimumDeposit, "The least escrow of a session.");
        scope.constant("MaxTicks", Codecs.U32, config.maxTicks, "The longest hash chain.");
        scope.constant("Limits", Settings.Limits.CODEC, config.limits, "How entries settle and sessions end.");
        scope.constant("TipFee", Permill.CODEC, config.tipFee, "The platform's share of tips.");
    }

    public void build(Externalities ext, Genesis genesis) {
        income.put(ext, genesis.platform, genesis.fee);
        genesis.settlementKeys.forEach(key -> settlementKeys.put(ext, key, 0L));
    }

    /**
     * The first block of a chain that gets the pallet by an upgrade: stores what genesis would have stored. The pot's
     * existential deposit is minted, as no account can be counted on to have it to give. On a chain that has the pallet the version
     * of its layout is brought up to date.
     */
    @Override
    public Weight onRuntimeUpgrade(Externalities ext) {
        if (income.isSet(ext)) {
            scope.putStorageVersion(ext);
            return TickStreamWeights.version().plus(succeed(ext));
        }
        build(ext, config.onUpgrade);
        pot.open(ext);
        return TickStreamWeights.upgrade(config.onUpgrade.settlementKeys.size());
    }

    /** The platform of older versions makes room for the present one, unless governance had named another. */
    private Weight succeed(Externalities ext) {
        AccountId former = income.platform(ext);
        if (former.equals(config.onUpgrade.platform) || !former.equals(config.formerPlatform)) {
            return TickStreamWeights.upgradeNotNeeded();
        }
        income.put(ext, config.onUpgrade.platform, income.fee(ext));
        return TickStreamWeights.newPlatform();
    }

    @Override
    public Weight weigh(TickStreamCall call) {
        return governed(TickStreamWeights.of(call, config.limits.stepMax(), Streams.PAYEES_MAX),
                TickStreamWeights.payouts(call, Streams.PAYEES_MAX));
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
            case TickStreamCall.CreateStream create -> streams.create(ext, origin.ensureSigned(), create);
            case TickStreamCall.UpdateStream update -> streams.update(ext, origin.ensureSigned(), update);
            case TickStreamCall.OpenSession open -> openSession(ext, origin.ensureSigned(), open);
            case TickStreamCall.TopUp(long session, U128 amount) ->
                sessions.topUp(ext, origin.ensureSigned(), session, amount);
            case TickStreamCall.SettleBatch(Batch batch, Bytes signature) -> {
                origin.ensureNone();
                return PostDispatchInfo.weighing(settleBatch(ext, batch, signature));
            }
            case TickStreamCall.Claim(Entry entry) -> {
                origin.ensureSigned();
                return PostDispatchInfo.weighing(claim(ext, entry));
            }
            case TickStreamCall.RequestClose(long session) ->
                sessions.requestClose(ext, origin.ensureSigned(), session);
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
                income.set(ext, account, share);
            }
            case TickStreamCall.Tip(long stream, U128 amount) -> tip(ext, origin.ensureSigned(), stream, amount);
            case TickStreamCall.SetTiers(long stream, List<Tier> tiers) -> {
                streams.ofCreator(ext, origin.ensureSigned(), stream);
                subscriptions.setTiers(ext, stream, tiers);
            }
            case TickStreamCall.Subscribe(long stream, Tier tier) ->
                subscribe(ext, origin.ensureSigned(), stream, tier);
            case TickStreamCall.Sponsor(long stream, U128 budget, Sponsorship.Terms terms) -> {
                AccountId sponsor = origin.ensureSigned();
                streams.get(ext, stream);
                sponsorships.open(ext, sponsor, stream, budget, terms);
            }
            case TickStreamCall.EndSponsorship(long sponsorship) ->
                sponsorships.end(ext, origin.ensureSigned(), sponsorship);
            case TickStreamCall.OpenSponsored(long sponsorship, Opening opening) -> {
                AccountId viewer = origin.ensureSigned();
                sessions.open(ext, viewer, new Sessions.Backing(viewer, Optional.of(sponsorship)), opening);
            }
            case TickStreamCall.OpenGift gift -> openGift(ext, origin.ensureSigned(), gift);
            case TickStreamCall.SetSpendingLimit(Optional<U128> limit) ->
                spending.set(ext, origin.ensureSigned(), limit);
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    @Override
    public Weight onInitialize(Externalities ext, long number) {
        int visited = queue.workOff(ext, number, config.duePerBlock, session -> sessions.due(ext, number, session));
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

    private void openSession(Externalities ext, AccountId viewer, TickStreamCall.OpenSession open)
            throws DispatchException {
        sessions.open(ext, viewer, new Sessions.Backing(viewer, Optional.empty()),
                new Opening(open.stream(), open.deposit(), open.maxRate(), open.maxTicks(), open.anchor(), open.salt(),
                        open.sessionKey(), open.closeHash()));
    }

    private void openGift(Externalities ext, AccountId payer, TickStreamCall.OpenGift gift) throws DispatchException {
        gifts.ensureConsent(ext, new Gift(payer, gift.viewer(), gift.validUntil(), gift.opening()), gift.consent());
        sessions.open(ext, gift.viewer(), new Sessions.Backing(payer, Optional.empty()), gift.opening());
    }

    // Settlement.

    private Weight settleBatch(Externalities ext, Batch batch, Bytes signature) throws DispatchException {
        batchRules.ensureValid(ext, batch, signature);
        settlementKeys.put(ext, batch.key(), batch.nonce() + 1);
        return new BatchRun(this, ext, batch, time.now(ext)).settle();
    }

    /** A session after it was settled, and what that took. */
    private record Claimed(Session session, long hashes, int payees) {}

    private Weight claim(Externalities ext, Entry entry) throws DispatchException {
        Claimed claimed = settleOne(ext, sessions.get(ext, entry.session()), entry);
        sessions.put(ext, entry.session(), claimed.session);
        return governed(TickStreamWeights.claim(claimed.hashes, claimed.payees), claimed.payees);
    }

    /** Settles one entry and pays at once. */
    private Claimed settleOne(Externalities ext, Session session, Entry entry) throws DispatchException {
        switch (settlement.settle(ext, session, entry, time.now(ext), config.limits.stepMax())) {
            case Outcome.Settled(Session after, U128 gross, U128 share, long hashes) -> {
                Stream stream = streams.get(ext, session.terms().stream());
                events.deposit(ext, new TickStreamEvent.Settled(entry.session(), entry.ticks(), gross, share));
                income.payStream(ext, session.terms().stream(), stream, gross.minus(share));
                income.payPlatform(ext, share);
                return new Claimed(after, hashes, stream.payees().size());
            }
            case Outcome.Skipped(SkipReason reason, long _) -> throw new DispatchException(TickStreamError.of(reason));
        }
    }

    private Weight closeWithWord(Externalities ext, AccountId signer, Entry entry) throws DispatchException {
        Session session = sessions.get(ext, entry.session());
        Stream stream = streams.get(ext, session.terms().stream());
        ensure(stream.hasPart(signer), TickStreamError.NOT_A_PAYEE);
        boolean nothingNew = entry.ticks() == session.settledTicks() && entry.word().equals(session.anchor());
        Claimed claimed = nothingNew ? new Claimed(session, 0, 0) : settleOne(ext, session, entry);
        sessions.finish(ext, entry.session(), claimed.session);
        return governed(TickStreamWeights.closeWithWord(claimed.hashes, claimed.payees), claimed.payees);
    }

    private void payAccrued(Externalities ext, AccountId account) throws DispatchException {
        ensure(!pot.waitingFor(ext, account).isZero(), TickStreamError.NOTHING_ACCRUED);
        pot.pay(ext, account, U128.ZERO);
        ensure(pot.waitingFor(ext, account).isZero(), TickStreamError.CANNOT_BE_PAID);
    }

    // What streams earn besides.

    private void tip(Externalities ext, AccountId from, long id, U128 amount) throws DispatchException {
        Stream stream = streams.get(ext, id);
        ensure(amount.isAtLeast(config.minimumDeposit), TickStreamError.TIP_TOO_SMALL);
        pot.collect(ext, from, amount);
        U128 share = income.split(ext, id, stream, amount, config.tipFee);
        events.deposit(ext, new TickStreamEvent.Tipped(id, from, amount, share));
    }

    /** The platform takes as much of it as of viewing: no creator gains by selling the one for the other. */
    private void subscribe(Externalities ext, AccountId viewer, long id, Tier tier) throws DispatchException {
        Stream stream = streams.get(ext, id);
        ensure(stream.active(), TickStreamError.STREAM_NOT_ACTIVE);
        subscriptions.subscribe(ext, viewer, id, tier);
        pot.collect(ext, viewer, tier.price());
        income.split(ext, id, stream, tier.price(), income.fee(ext));
    }

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

    // What the runtime API shows.

    /** The account that holds all escrow. */
    public AccountId pot() {
        return config.pot;
    }

    public Optional<Stream> findStream(Externalities ext, long id) {
        return streams.find(ext, id);
    }

    public Optional<Session> findSession(Externalities ext, long id) {
        return sessions.find(ext, id);
    }

    /** The session of a viewer and stream that is not over. */
    public Optional<Long> findSessionOf(Externalities ext, AccountId viewer, long stream) {
        return sessions.of(ext, viewer, stream);
    }

    /** The nonce of a settlement key's next batch; empty if the key is not registered. */
    public Optional<Long> nextNonce(Externalities ext, PublicKey key) {
        return settlementKeys.find(ext, key);
    }

    /** What a settlement key signs for a batch. */
    public Bytes payload(Externalities ext, Batch batch) {
        return Bytes.wrap(batchRules.payload(ext, batch));
    }

    /** What a viewer signs who lets somebody else pay. */
    public Bytes payload(Externalities ext, Gift gift) {
        return Bytes.wrap(gifts.payload(ext, gift));
    }

    public Settings settings(Externalities ext) {
        return new Settings(income.platform(ext), income.fee(ext), config.minimumDeposit, config.maxTicks,
                config.batches.entriesMax(), config.batches.hashesMax(), config.batches.paymentsMax(),
                config.batches.validityMax(), governance.limits(ext));
    }

    public List<Tier> tiers(Externalities ext, long stream) {
        return subscriptions.tiers(ext, stream);
    }

    /** The subscription that a viewer bought last, which may have expired. */
    public Optional<Subscription> subscription(Externalities ext, AccountId viewer, long stream) {
        return subscriptions.find(ext, viewer, stream);
    }

    public Optional<Sponsorship> sponsorship(Externalities ext, long id) {
        return sponsorships.find(ext, id);
    }

    public List<Map.Entry<Long, Sponsorship>> sponsorships(Externalities ext, long stream) {
        return sponsorships.of(ext, stream);
    }

    /** What holds for an account now; empty where it may spend what it has. */
    public Optional<SpendingLimit> spendingLimit(Externalities ext, AccountId account) {
        return spending.find(ext, account);
    }

    /** What viewing would cost a viewer who put {@code deposit} into escrow now. */
    public Optional<Quote> quote(Externalities ext, long id, AccountId viewer, U128 deposit) {
        return offer(ext, viewer, new Asked(id, deposit, Optional.empty())).map(Offer::quote);
    }

    /** What a viewer asks about. */
    public record Asked(long stream, U128 deposit, Optional<Long> sponsorship) {}

    /** All that a viewer would find who opened a session now. */
    public Optional<Offer> offer(Externalities ext, AccountId viewer, Asked asked) {
        return streams.find(ext, asked.stream).map(stream -> {
            Terms terms = sessions.terms(ext, viewer, stream, anyOpening(asked));
            long sponsored = asked.sponsorship
                    .map(id -> sponsorships.offered(ext, id, stream, terms, asked.deposit)).orElse(0L);
            Quote quote = new Quote(terms.rate(), terms.fee(), terms.freeTicks(), config.minimumDeposit,
                    terms.ticksFor(asked.deposit, sponsored));
            boolean isLowered = !terms.rate().equals(stream.rate());
            return new Offer(quote, stream.rate(),
                    isLowered ? subscriptions.find(ext, viewer, asked.stream) : Optional.empty(), sponsored,
                    terms.maxTicks(), spending.find(ext, viewer).map(SpendingLimit::left));
        });
    }

    private Opening anyOpening(Asked asked) {
        Bytes none = Bytes.wrap(new byte[32]);
        return new Opening(asked.stream, asked.deposit, U128.MAX, config.maxTicks, none, Bytes.wrap(new byte[16]),
                new PublicKey(none), none);
    }

    /**
     * Looks over all that is stored and says what does not hold: nothing, on a chain that is sound
     * ({@code try_state}). For tests and simulations: it reads everything.
     */
    public List<String> tryState(Externalities ext) {
        return new StateCheck(sessions, streams, queue).faults(ext,
                sponsorships.left(ext).plus(pot.waiting(ext)).plus(governance.held(ext)), pot.holds(ext));
    }
}
