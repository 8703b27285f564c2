package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.PatronageTest.opening;
import static io.vilokanam.pallets.tickstream.TickChain.CHALLENGE;
import static io.vilokanam.pallets.tickstream.TickChain.CREATOR;
import static io.vilokanam.pallets.tickstream.TickChain.ENDOWMENT;
import static io.vilokanam.pallets.tickstream.TickChain.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.MINIMUM_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER;
import static io.vilokanam.pallets.tickstream.TickChain.PLATFORM;
import static io.vilokanam.pallets.tickstream.TickChain.POT;
import static io.vilokanam.pallets.tickstream.TickChain.RATE;
import static io.vilokanam.pallets.tickstream.TickChain.VIEWER;
import static io.vilokanam.pallets.tickstream.TickChain.account;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Funding;
import io.vilokanam.primitives.tickstream.Offer;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.SessionAccount;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.scale.U128;

/** A sponsor pays the first ticks of each viewer. */
class SponsorshipsTest {

    private static final AccountId SPONSOR = account("sponsor");
    private static final AccountId SECOND = account("second");
    private static final AccountId THIRD = account("third");
    private static final Sponsorship.Terms TERMS = new Sponsorship.Terms(20, U128.of(RATE), U128.of(3_000), 2);
    private static final long DAY = 86_400_000;

    private final TickChain chain = new TickChain(SPONSOR, SECOND, THIRD);
    private final Words words = new Words(1, 200);
    private final long stream = chain.createStream(RATE, 5);

    @AfterEach
    void theStateIsSound() {
        assertEquals(List.of(), chain.ticks.tryState(chain.ext));
    }

    private long sponsor(long budget) {
        chain.ok(SPONSOR, new TickStreamCall.Sponsor(stream, U128.of(budget), TERMS));
        return chain.events(TickStreamEvent.SponsorshipOpened.class).getLast().sponsorship();
    }

    private long open(AccountId viewer, long sponsorship) {
        chain.ok(viewer, new TickStreamCall.OpenSponsored(sponsorship, opening(stream, 3_000, words)));
        return chain.ticks.findSessionOf(chain.ext, viewer, stream).orElseThrow();
    }

    private long left(long sponsorship) {
        return chain.ticks.sponsorship(chain.ext, sponsorship).orElseThrow().left().low();
    }

    @Test
    void theFirstTicksBehindTheFreeOnesAreTheSponsors() {
        long sponsorship = sponsor(10_000);
        assertEquals(ENDOWMENT - 10_000, chain.free(SPONSOR));
        long session = open(VIEWER, sponsorship);
        assertEquals(8_000, left(sponsorship));
        assertEquals(Funding.of(new Funding.Sponsored(sponsorship, SPONSOR, 20)), chain.sessionNow(session).funding());
        assertEquals(55, chain.sessionNow(session).payableTicks());
        chain.watch(60).settle(words.entry(session, 12));
        assertEquals(U128.of(3_000), chain.sessionNow(session).escrow());
        assertEquals(U128.of(700), chain.sessionNow(session).charged());
        assertEquals(new SessionAccount(U128.of(RATE), VIEWER, U128.ZERO, U128.of(700), U128.of(3_000), 43, 13,
                chain.sessionNow(session).funding()), SessionAccount.of(chain.sessionNow(session)));
        chain.settle(words.entry(session, 30));
        assertEquals(U128.of(2_500), chain.sessionNow(session).escrow());
        chain.skips(words.entry(session, 56), SkipReason.ESCROW_EXHAUSTED);
        chain.settle(words.entry(session, 55));
        assertEquals(ENDOWMENT + 4_500, chain.free(CREATOR));
        assertEquals(ENDOWMENT + 500, chain.free(PLATFORM));
        assertEquals(0, chain.sessionNow(session).escrow().low());
    }

    @Test
    void whatWasNotWatchedGoesBackToThePot() {
        long sponsorship = sponsor(10_000);
        long session = open(VIEWER, sponsorship);
        chain.watch(10).settle(words.entry(session, 8)).ok(VIEWER, new TickStreamCall.RequestClose(session));
        chain.toBlock(chain.number() + CHALLENGE);
        assertEquals(9_700, left(sponsorship));
        assertEquals(ENDOWMENT, chain.free(VIEWER));
        chain.ok(SPONSOR, new TickStreamCall.EndSponsorship(sponsorship));
        assertEquals(ENDOWMENT - 300, chain.free(SPONSOR));
        assertEquals(EXISTENTIAL_DEPOSIT, chain.free(POT));
    }

    @Test
    void whatWasSetAsideGoesToTheSponsorWhereThePotIsNoMore() {
        long sponsorship = sponsor(10_000);
        long session = open(VIEWER, sponsorship);
        chain.ok(SPONSOR, new TickStreamCall.EndSponsorship(sponsorship));
        assertEquals(ENDOWMENT - 2_000, chain.free(SPONSOR));
        chain.watch(10).ok(CREATOR, new TickStreamCall.CloseWithWord(words.entry(session, 8)));
        assertEquals(ENDOWMENT - 300, chain.free(SPONSOR));
        assertEquals(ENDOWMENT, chain.free(VIEWER));
        assertEquals(List.of(new TickStreamEvent.ReserveReturned(session, sponsorship, U128.of(1_700))),
                chain.events(TickStreamEvent.ReserveReturned.class));
        assertEquals(EXISTENTIAL_DEPOSIT, chain.free(POT));
    }

    @Test
    void aViewerIsPaidForOnce() {
        long sponsorship = sponsor(10_000);
        chain.ok(CREATOR, new TickStreamCall.CloseWithWord(words.entry(open(VIEWER, sponsorship), 0)));
        chain.noop(VIEWER, new TickStreamCall.OpenSponsored(sponsorship, opening(stream, 3_000, words)),
                TickStreamError.ALREADY_SPONSORED);
    }

    @Test
    void soManyViewersADayAndNoMoreThanThePotHolds() {
        long sponsorship = sponsor(5_000);
        open(VIEWER, sponsorship);
        open(SECOND, sponsorship);
        TickStreamCall third = new TickStreamCall.OpenSponsored(sponsorship, opening(stream, 3_000, words));
        chain.noop(THIRD, third, TickStreamError.SPONSORSHIP_EXHAUSTED);
        chain.nextBlock(DAY).noop(THIRD, third, TickStreamError.SPONSORSHIP_EXHAUSTED);
        assertEquals(1_000, left(sponsorship));
        long richer = sponsor(4_000);
        chain.ok(THIRD, new TickStreamCall.OpenSponsored(richer, opening(stream, 3_000, words)));
        assertEquals(2, chain.ticks.sponsorships(chain.ext, stream).size());
    }

    @Test
    void thoseWhoEarnAreNotPaidFor() {
        long shared = chain.createStream(RATE, 0, new Payee(CREATOR, new Permill(500_000)),
                new Payee(OTHER, new Permill(500_000)));
        chain.ok(SPONSOR, new TickStreamCall.Sponsor(shared, U128.of(10_000), TERMS));
        for (AccountId who : List.of(CREATOR, OTHER, SPONSOR)) {
            chain.noop(who, new TickStreamCall.OpenSponsored(0, opening(shared, 3_000, words)),
                    TickStreamError.NOT_SPONSORED);
        }
        chain.noop(VIEWER, new TickStreamCall.OpenSponsored(0, opening(stream, 3_000, words)),
                TickStreamError.UNKNOWN_SPONSORSHIP);
        chain.noop(VIEWER, new TickStreamCall.OpenSponsored(1, opening(shared, 3_000, words)),
                TickStreamError.UNKNOWN_SPONSORSHIP);
    }

    @Test
    void neitherAHigherRateNorASmallerDepositIsPaidFor() {
        long sponsorship = sponsor(10_000);
        chain.noop(VIEWER, new TickStreamCall.OpenSponsored(sponsorship, opening(stream, 2_999, words)),
                TickStreamError.NOT_SPONSORED);
        chain.noop(VIEWER, new TickStreamCall.OpenSponsored(sponsorship, opening(stream, 3_000, new Words(2, 5))),
                TickStreamError.NOT_SPONSORED);
        chain.ok(CREATOR, new TickStreamCall.UpdateStream(stream, U128.of(RATE + 1), List.of(), 5, true));
        chain.noop(VIEWER, new TickStreamCall.OpenSponsored(sponsorship, opening(stream, 3_000, words)),
                TickStreamError.NOT_SPONSORED);
    }

    @Test
    void aSponsorshipNeedsAStreamAndSense() {
        chain.noop(SPONSOR, new TickStreamCall.Sponsor(9, U128.of(10_000), TERMS), TickStreamError.UNKNOWN_STREAM);
        List<Sponsorship.Terms> bad = List.of(new Sponsorship.Terms(0, U128.ONE, U128.ZERO, 1),
                new Sponsorship.Terms(1, U128.ZERO, U128.ZERO, 1), new Sponsorship.Terms(1, U128.ONE, U128.ZERO, 0));
        for (Sponsorship.Terms terms : bad) {
            chain.noop(SPONSOR, new TickStreamCall.Sponsor(stream, U128.of(10_000), terms),
                    TickStreamError.BAD_SPONSORSHIP);
        }
        chain.noop(SPONSOR, new TickStreamCall.Sponsor(stream, U128.of(MINIMUM_DEPOSIT - 1), TERMS),
                TickStreamError.BAD_SPONSORSHIP);
        long sponsorship = sponsor(MINIMUM_DEPOSIT);
        chain.noop(OTHER, new TickStreamCall.EndSponsorship(sponsorship), TickStreamError.NOT_THE_SPONSOR);
        chain.noop(SPONSOR, new TickStreamCall.EndSponsorship(9), TickStreamError.UNKNOWN_SPONSORSHIP);
    }

    @Test
    void anOfferSaysWhatTheSponsorWouldPay() {
        long sponsorship = sponsor(10_000);
        Offer offer = chain.ticks
                .offer(chain.ext, VIEWER, new TickStream.Asked(stream, U128.of(3_000), Optional.of(sponsorship)))
                .orElseThrow();
        assertEquals(20, offer.sponsoredTicks());
        assertEquals(U128.of(55), offer.quote().ticks());
        open(VIEWER, sponsorship);
        assertEquals(0,
                chain.ticks.offer(chain.ext, VIEWER,
                        new TickStream.Asked(stream, U128.of(3_000), Optional.of(sponsorship))).orElseThrow()
                        .sponsoredTicks());
        assertEquals(0, chain.ticks
                .offer(chain.ext, CREATOR, new TickStream.Asked(stream, U128.of(3_000), Optional.of(sponsorship)))
                .orElseThrow().sponsoredTicks(), "the creator is not sponsored");
    }
}
