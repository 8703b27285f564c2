package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageDoubleMap;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.frame.time.BlockTime;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Day;
import io.vilokanam.primitives.tickstream.Funding.Sponsored;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.U128;

/**
 * Sponsors' pots. What a session may take from one is set aside when it opens, so that no settlement can find the pot empty and the
 * order of settlements does not matter; what was not watched goes back when the session is over.
 */
final class Sponsorships {

    /** How many sponsorships are looked at for those of one stream. */
    private static final int LISTED_MAX = 4_096;

    private final U128 minimumBudget;
    private final BlockTime time;
    private final Pot pot;
    private final StorageValue<Long> next;
    private final StorageMap<Long, Sponsorship> sponsorships;
    private final StorageDoubleMap<Long, AccountId, Unit> viewers;
    private final EventSink<TickStreamEvent> events;

    Sponsorships(PalletScope scope, U128 minimumBudget, BlockTime time, Pot pot, EventSink<TickStreamEvent> events) {
        this.minimumBudget = minimumBudget;
        this.time = time;
        this.pot = pot;
        this.events = events;
        next = scope.value("NextSponsorship", Codecs.U64, 0L, "The id of the next sponsorship.");
        sponsorships = scope.optionalMap("Sponsorships", Hasher.TWOX_64_CONCAT, Codecs.U64, Sponsorship.CODEC,
                "What sponsors pay for.");
        viewers = scope.optionalDoubleMap("SponsoredViewers", Hasher.TWOX_64_CONCAT, Codecs.U64,
                Hasher.BLAKE2_128_CONCAT, AccountId.CODEC, Codecs.UNIT, "The viewers of whom a sponsor paid.");
    }

    void open(Externalities ext, AccountId sponsor, long stream, U128 budget, Sponsorship.Terms terms)
            throws DispatchException {
        ensure(terms.ticks() > 0 && terms.viewersADay() > 0 && !terms.maxRate().isZero()
                && budget.isAtLeast(minimumBudget), TickStreamError.BAD_SPONSORSHIP);
        pot.collect(ext, sponsor, budget);
        long id = next.get(ext);
        next.put(ext, id + 1);
        sponsorships.put(ext, id, new Sponsorship(stream, sponsor, terms, budget, 0, 0));
        events.deposit(ext, new TickStreamEvent.SponsorshipOpened(id, stream, sponsor, budget, terms));
    }

    /** Gives back what is not set aside; what is comes back as sessions end. */
    void end(Externalities ext, AccountId signer, long id) throws DispatchException {
        Sponsorship sponsorship = get(ext, id);
        ensure(sponsorship.sponsor().equals(signer), TickStreamError.NOT_THE_SPONSOR);
        sponsorships.remove(ext, id);
        pot.giveBack(ext, signer, sponsorship.left());
        events.deposit(ext, new TickStreamEvent.SponsorshipEnded(id, sponsorship.left()));
    }

    /**
     * Sets aside what a session may take.
     *
     * @param deposit what the viewer puts into escrow
     */
    Sponsored begin(Externalities ext, long id, Stream stream, Terms session, U128 deposit) throws DispatchException {
        Sponsorship sponsorship = get(ext, id);
        long ticks = switch (ticks(ext, Map.entry(id, sponsorship), stream, session, deposit)) {
            case Result.Ok<Long, TickStreamError>(Long paid) -> paid;
            case Result.Err<Long, TickStreamError>(TickStreamError reason) -> throw new DispatchException(reason);
        };
        sponsorships.put(ext, id, sponsorship.withViewer(today(ext), priceOf(ticks, session)));
        viewers.put(ext, id, session.viewer(), Unit.UNIT);
        return new Sponsored(id, sponsorship.sponsor(), ticks);
    }

    /** How many ticks would be paid for a viewer who asked now; 0 where none. */
    long offered(Externalities ext, long id, Stream stream, Terms session, U128 deposit) {
        Optional<Result<Long, TickStreamError>> answer = sponsorships.find(ext, id)
                .map(found -> ticks(ext, Map.entry(id, found), stream, session, deposit));
        return answer.isPresent() && answer.get() instanceof Result.Ok<Long, TickStreamError>(Long paid) ? paid : 0;
    }

    /** How many ticks of a session that begins now are paid, or why none are. */
    private Result<Long, TickStreamError> ticks(Externalities ext, Map.Entry<Long, Sponsorship> asked, Stream stream,
            Terms session, U128 deposit) {
        Sponsorship sponsorship = asked.getValue();
        AccountId viewer = session.viewer();
        if (sponsorship.stream() != session.stream()) {
            return Result.err(TickStreamError.UNKNOWN_SPONSORSHIP);
        }
        if (stream.hasPart(viewer) || sponsorship.sponsor().equals(viewer)) {
            return Result.err(TickStreamError.NOT_SPONSORED);
        }
        if (viewers.contains(ext, asked.getKey(), viewer)) {
            return Result.err(TickStreamError.ALREADY_SPONSORED);
        }
        long ticks = Math.min(sponsorship.terms().ticks(), Math.max(0, session.maxTicks() - session.freeTicks()));
        if (session.rate().isMoreThan(sponsorship.terms().maxRate())
                || !deposit.isAtLeast(sponsorship.terms().viewerDeposit()) || ticks == 0) {
            return Result.err(TickStreamError.NOT_SPONSORED);
        }
        if (sponsorship.viewersOn(today(ext)) >= sponsorship.terms().viewersADay()
                || priceOf(ticks, session).isMoreThan(sponsorship.left())) {
            return Result.err(TickStreamError.SPONSORSHIP_EXHAUSTED);
        }
        return Result.ok(ticks);
    }

    private static U128 priceOf(long ticks, Terms session) {
        return session.rate().saturatingTimes(U128.of(ticks));
    }

    private long today(Externalities ext) {
        return Day.of(time.now(ext));
    }

    /** A session is over: what was set aside for it and not watched goes back to the pot it came from, or to the sponsor. */
    void comesBack(Externalities ext, long session, Session over) {
        if (over.funding().sponsored().isEmpty() || over.reserve().isZero()) {
            return;
        }
        Sponsored sponsored = over.funding().sponsored().get();
        U128 rest = over.reserve();
        Optional<Sponsorship> found = sponsorships.find(ext, sponsored.sponsorship());
        if (found.isPresent()) {
            sponsorships.put(ext, sponsored.sponsorship(), found.get().plus(rest));
        } else {
            pot.giveBack(ext, sponsored.sponsor(), rest);
        }
        events.deposit(ext, new TickStreamEvent.ReserveReturned(session, sponsored.sponsorship(), rest));
    }

    private Sponsorship get(Externalities ext, long id) throws DispatchException {
        return sponsorships.find(ext, id)
                .orElseThrow(() -> new DispatchException(TickStreamError.UNKNOWN_SPONSORSHIP));
    }

    Optional<Sponsorship> find(Externalities ext, long id) {
        return sponsorships.find(ext, id);
    }

    /** Those of a stream among the first {@value #LISTED_MAX}. */
    List<Map.Entry<Long, Sponsorship>> of(Externalities ext, long stream) {
        List<Map.Entry<Long, Sponsorship>> found = new ArrayList<>();
        int looked = 0;
        for (var entry : sponsorships.entries(ext)) {
            if (entry.value().stream() == stream) {
                found.add(Map.entry(entry.key(), entry.value()));
            }
            looked++;
            if (looked == LISTED_MAX) {
                break;
            }
        }
        return found;
    }

    /** All that is in the pots and not set aside. */
    U128 left(Externalities ext) {
        U128 sum = U128.ZERO;
        for (var entry : sponsorships.entries(ext)) {
            sum = sum.plus(entry.value().left());
        }
        return sum;
    }
}
