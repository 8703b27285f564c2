package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageDoubleMap;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.frame.time.BlockTime;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Funding;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.primitives.tickstream.Subscription;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.U128;

/** How sessions begin and end. */
final class Sessions {

    /** What sessions are made with. */
    record Parts(TickStream.Config config, StreamGovernance governance, CurrentBlock block, BlockTime time,
            Streams streams, Pot pot, Income income, DueQueue queue, Subscriptions subscriptions,
            Sponsorships sponsorships, EventSink<TickStreamEvent> events) {}

    /** Who pays: the viewer or the giver, and whose sponsorship is asked for. */
    record Backing(AccountId payer, Optional<Long> sponsorship) {}

    private final Parts parts;
    private final Pot pot;
    private final EventSink<TickStreamEvent> events;
    private final StorageValue<Long> next;
    private final StorageMap<Long, Session> sessions;
    private final StorageDoubleMap<AccountId, Long, Long> sessionOf;
    private final StorageDoubleMap<AccountId, Long, Unit> freeLooks;

    Sessions(PalletScope scope, Parts parts) {
        this.parts = parts;
        pot = parts.pot;
        events = parts.events;
        next = scope.value("NextSession", Codecs.U64, 0L, "The id of the next session.");
        sessions = scope.optionalMap("Sessions", Hasher.TWOX_64_CONCAT, Codecs.U64, Session.CODEC,
                "Sessions that are not over.");
        sessionOf = scope.optionalDoubleMap("SessionOf", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC,
                Hasher.TWOX_64_CONCAT, Codecs.U64, Codecs.U64, "The one session of a viewer and stream.");
        freeLooks = scope.optionalDoubleMap("FreeLooks", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC,
                Hasher.TWOX_64_CONCAT, Codecs.U64, Codecs.UNIT,
                "The viewers who had their free ticks of a stream.");
    }

    void open(Externalities ext, AccountId viewer, Backing backing, Opening open) throws DispatchException {
        Stream stream = parts.streams.get(ext, open.stream());
        ensure(stream.active(), TickStreamError.STREAM_NOT_ACTIVE);
        Terms terms = terms(ext, viewer, stream, open);
        ensure(!terms.rate().isMoreThan(open.maxRate()), TickStreamError.RATE_TOO_HIGH);
        ensure(open.deposit().isAtLeast(parts.config.minimumDeposit()), TickStreamError.DEPOSIT_TOO_LOW);
        ensure(open.maxTicks() > 0 && open.maxTicks() <= parts.config.maxTicks(), TickStreamError.BAD_CHAIN_LENGTH);
        ensure(!sessionOf.contains(ext, viewer, open.stream()), TickStreamError.SESSION_ALREADY_OPEN);
        Funding funding = funding(ext, stream, terms, backing, open.deposit());
        pot.collect(ext, backing.payer, open.deposit());
        long id = next.get(ext);
        next.put(ext, id + 1);
        if (stream.freeTicks() > 0) {
            freeLooks.put(ext, viewer, open.stream(), Unit.UNIT);
        }
        sessionOf.put(ext, viewer, open.stream(), id);
        long expiresAt = queueExpiry(ext, id);
        put(ext, id, new Session(terms, open.anchor(), 0, U128.ZERO, U128.ZERO, open.deposit(),
                new SessionStatus.Open(expiresAt), funding));
        events.deposit(ext,
                new TickStreamEvent.SessionOpened(id, open.stream(), viewer, terms.rate(), open.deposit()));
        if (!funding.equals(Funding.OWN)) {
            events.deposit(ext, new TickStreamEvent.SessionFunded(id, funding));
        }
    }

    /** What would hold for a session of the viewer that began now. */
    Terms terms(Externalities ext, AccountId viewer, Stream stream, Opening open) {
        long tickMillis = parts.governance.limits(ext).tickMillis();
        long now = parts.time.now(ext);
        Permill fee = parts.income.fee(ext);
        long freeTicks = freeLooks.contains(ext, viewer, open.stream()) ? 0 : stream.freeTicks();
        Optional<Subscription> lowering = parts.subscriptions.lowering(ext, viewer, open.stream(), tickMillis);
        U128 rate = lowering.map(found -> found.tier().rateOf(stream.rate())).orElse(stream.rate());
        long maxTicks = lowering.map(found -> Math.min(open.maxTicks(), found.ticksLeft(now, tickMillis)))
                .orElse(open.maxTicks());
        return new Terms(open.stream(), viewer, rate, fee, freeTicks, maxTicks, open.salt(), open.closeHash(),
                open.sessionKey(), now);
    }

    private Funding funding(Externalities ext, Stream stream, Terms terms, Backing backing, U128 deposit)
            throws DispatchException {
        if (backing.sponsorship.isPresent()) {
            return Funding.of(parts.sponsorships.begin(ext, backing.sponsorship.get(), stream, terms, deposit));
        }
        return backing.payer.equals(terms.viewer()) ? Funding.OWN : Funding.givenBy(backing.payer);
    }

    private long queueExpiry(Externalities ext, long id) {
        long expiresAt = parts.block.blockNumber(ext) + parts.governance.limits(ext).expiryBlocks();
        parts.queue.add(ext, expiresAt, id);
        return expiresAt;
    }

    /** Who put the escrow down adds to it: what is left goes back there. */
    void topUp(Externalities ext, AccountId signer, long id, U128 amount) throws DispatchException {
        Session session = get(ext, id);
        ensure(session.payer().equals(signer), TickStreamError.NOT_THE_VIEWER);
        ensure(session.isOpen(), TickStreamError.SESSION_CLOSING);
        ensure(!amount.isZero(), TickStreamError.DEPOSIT_TOO_LOW);
        pot.collect(ext, signer, amount);
        long expiresAt = queueExpiry(ext, id);
        put(ext, id, session.withEscrow(session.escrow().plus(amount)).withStatus(new SessionStatus.Open(expiresAt)));
        events.deposit(ext, new TickStreamEvent.ToppedUp(id, amount));
    }

    void requestClose(Externalities ext, AccountId signer, long id) throws DispatchException {
        Session session = get(ext, id);
        ensure(session.terms().viewer().equals(signer), TickStreamError.NOT_THE_VIEWER);
        ensure(session.isOpen(), TickStreamError.SESSION_CLOSING);
        put(ext, id, closing(ext, id, session));
    }

    /** Starts the challenge window. */
    Session closing(Externalities ext, long id, Session session) {
        long until = parts.block.blockNumber(ext) + parts.governance.limits(ext).challengeBlocks();
        parts.queue.add(ext, until, id);
        events.deposit(ext, new TickStreamEvent.CloseRequested(id, until));
        return session.withStatus(new SessionStatus.Closing(until));
    }

    /** Something is due for a session, unless it is over or was topped up since. */
    void due(Externalities ext, long number, long id) {
        Optional<Session> found = sessions.find(ext, id);
        if (found.isEmpty()) {
            return;
        }
        switch (found.get().status()) {
            case SessionStatus.Open(long expiresAt) when expiresAt <= number -> put(ext, id,
                    closing(ext, id, found.get()));
            case SessionStatus.Closing(long until) when until <= number -> finish(ext, id, found.get());
            case SessionStatus.Open _,SessionStatus.Closing _ -> {
            }
        }
    }

    /** Ends a session: what is left goes back to who put it down, the viewer or the giver, and the sponsor. */
    void finish(Externalities ext, long id, Session session) {
        sessions.remove(ext, id);
        sessionOf.remove(ext, session.terms().viewer(), session.terms().stream());
        pot.giveBack(ext, session.payer(), session.escrow());
        parts.sponsorships.comesBack(ext, id, session);
        events.deposit(ext, new TickStreamEvent.SessionClosed(id, session.settledTicks(), session.charged(),
                session.escrow()));
    }

    void put(Externalities ext, long id, Session session) {
        sessions.put(ext, id, session);
    }

    Optional<Session> find(Externalities ext, long id) {
        return sessions.find(ext, id);
    }

    Session get(Externalities ext, long id) throws DispatchException {
        return find(ext, id).orElseThrow(() -> new DispatchException(TickStreamError.UNKNOWN_SESSION));
    }

    Optional<Long> of(Externalities ext, AccountId viewer, long stream) {
        return sessionOf.find(ext, viewer, stream);
    }

    /** All that are not over. */
    Iterable<StorageMap.Entry<Long, Session>> all(Externalities ext) {
        return sessions.entries(ext);
    }

    /** The id of the next session. */
    long nextId(Externalities ext) {
        return next.get(ext);
    }
}
