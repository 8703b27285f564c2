package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.TickChain.CREATOR;
import static io.vilokanam.pallets.tickstream.TickChain.ENDOWMENT;
import static io.vilokanam.pallets.tickstream.TickChain.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.FEE;
import static io.vilokanam.pallets.tickstream.TickChain.MINIMUM_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER;
import static io.vilokanam.pallets.tickstream.TickChain.PLATFORM;
import static io.vilokanam.pallets.tickstream.TickChain.POT;
import static io.vilokanam.pallets.tickstream.TickChain.RATE;
import static io.vilokanam.pallets.tickstream.TickChain.VIEWER;
import static io.vilokanam.pallets.tickstream.TickChain.account;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Funding;
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Subscription;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Tips, subscriptions and gifts. */
class PatronageTest {

    private static final long DAY = 86_400_000;
    private static final Tier MONTH = new Tier(U128.of(9_000), 30, new Permill(400_000));
    private static final Tier YEAR = new Tier(U128.of(80_000), 366, new Permill(500_000));
    private static final Tier SMALL = new Tier(U128.of(500), 1, new Permill(100_000));

    private final TickChain chain = new TickChain();
    private final Words words = new Words(1, 200);
    private final long stream = chain.createStream();

    @AfterEach
    void theStateIsSound() {
        assertEquals(List.of(), chain.ticks.tryState(chain.ext));
    }

    static Opening opening(long stream, long deposit, Words words) {
        return new Opening(stream, U128.of(deposit), U128.of(1_000_000), words.length(), words.word(0), words.salt(),
                TickChain.key("session"), words.closeHash());
    }

    // Tips.

    @Test
    void aTipGoesToThePayeesLessFivePercent() {
        long shared = chain.createStream(RATE, 0, new Payee(CREATOR, new Permill(750_000)),
                new Payee(OTHER, new Permill(250_000)));
        chain.ok(VIEWER, new TickStreamCall.Tip(shared, U128.of(10_010)));
        assertEquals(ENDOWMENT - 10_010, chain.free(VIEWER));
        assertEquals(ENDOWMENT + 500, chain.free(PLATFORM));
        assertEquals(ENDOWMENT + 7_132, chain.free(CREATOR));
        assertEquals(ENDOWMENT + 2_378, chain.free(OTHER));
        assertEquals(List.of(new TickStreamEvent.Tipped(shared, VIEWER, U128.of(10_010), U128.of(500))),
                chain.events(TickStreamEvent.Tipped.class));
    }

    @Test
    void aTipNeedsAStreamAndIsNotTooSmall() {
        chain.noop(VIEWER, new TickStreamCall.Tip(9, U128.of(10_000)), TickStreamError.UNKNOWN_STREAM);
        chain.noop(VIEWER, new TickStreamCall.Tip(stream, U128.of(MINIMUM_DEPOSIT - 1)),
                TickStreamError.TIP_TOO_SMALL);
        chain.noop(Origin.ROOT, new TickStreamCall.Tip(stream, U128.of(5_000)), new DispatchError.BadOrigin());
    }

    // Subscriptions.

    private void offer(Tier... tiers) {
        chain.ok(CREATOR, new TickStreamCall.SetTiers(stream, List.of(tiers)));
    }

    @Test
    void aSubscriptionIsPaidAtOnceAndLowersTheRateOfSessions() {
        offer(MONTH, YEAR);
        chain.ok(VIEWER, new TickStreamCall.Subscribe(stream, MONTH));
        assertEquals(ENDOWMENT + 900, chain.free(PLATFORM));
        assertEquals(ENDOWMENT + 8_100, chain.free(CREATOR));
        assertEquals(Optional.of(new Subscription(MONTH, TickChain.START + 30 * DAY)),
                chain.ticks.subscription(chain.ext, VIEWER, stream));
        long session = chain.open(VIEWER, stream, 6_000, words);
        assertEquals(U128.of(60), chain.sessionNow(session).terms().rate());
        assertEquals(200, chain.sessionNow(session).terms().maxTicks());
        long other = chain.open(OTHER, stream, 6_000, words);
        assertEquals(U128.of(RATE), chain.sessionNow(other).terms().rate());
        chain.watch(50).settle(words.entry(session, 50));
        assertEquals(3_000, chain.sessionNow(session).escrow().low());
    }

    @Test
    void aSessionBeginsAtTheFullRateOnceTheSubscriptionHasExpired() {
        offer(SMALL);
        chain.ok(VIEWER, new TickStreamCall.Subscribe(stream, SMALL)).nextBlock(DAY - 59_000);
        assertEquals(U128.of(RATE), chain.sessionNow(chain.open(VIEWER, stream, 6_000, words)).terms().rate());
    }

    @Test
    void aSessionAtTheLowerRateGoesNoFurtherThanTheSubscription() {
        offer(SMALL);
        chain.ok(VIEWER, new TickStreamCall.Subscribe(stream, SMALL)).nextBlock(DAY - 70_000);
        long session = chain.open(VIEWER, stream, 20_000, words);
        assertEquals(U128.of(90), chain.sessionNow(session).terms().rate());
        assertEquals(70, chain.sessionNow(session).terms().maxTicks());
        assertEquals(70, chain.sessionNow(session).payableTicks());
        chain.watch(100).skips(words.entry(session, 71), SkipReason.CHAIN_EXHAUSTED);
        chain.settle(words.entry(session, 70));
        assertEquals(U128.of(6_300), chain.sessionNow(session).charged());
    }

    @Test
    void theSameTierAgainIsAddedAndABetterOneTakesItsPlace() {
        offer(MONTH, YEAR, SMALL);
        chain.ok(VIEWER, new TickStreamCall.Subscribe(stream, MONTH)).nextBlock(DAY);
        chain.ok(VIEWER, new TickStreamCall.Subscribe(stream, MONTH));
        assertEquals(TickChain.START + 60 * DAY, expiry());
        chain.noop(VIEWER, new TickStreamCall.Subscribe(stream, SMALL), TickStreamError.ALREADY_SUBSCRIBED);
        chain.ok(VIEWER, new TickStreamCall.Subscribe(stream, YEAR));
        assertEquals(TickChain.START + 367 * DAY, expiry());
        chain.ok(VIEWER, new TickStreamCall.Subscribe(stream, YEAR));
        chain.noop(VIEWER, new TickStreamCall.Subscribe(stream, YEAR), TickStreamError.ALREADY_SUBSCRIBED);
        chain.nextBlock(800 * DAY).ok(VIEWER, new TickStreamCall.Subscribe(stream, SMALL));
        assertEquals(TickChain.START + 802 * DAY, expiry());
    }

    private long expiry() {
        return chain.ticks.subscription(chain.ext, VIEWER, stream).orElseThrow().expiresAt();
    }

    @Test
    void onlyWhatIsOfferedExactlySoCanBeBought() {
        offer(MONTH);
        chain.noop(VIEWER, new TickStreamCall.Subscribe(stream, YEAR), TickStreamError.UNKNOWN_TIER);
        chain.noop(VIEWER, new TickStreamCall.Subscribe(9, MONTH), TickStreamError.UNKNOWN_STREAM);
        chain.ok(VIEWER, new TickStreamCall.Subscribe(stream, MONTH));
        offer();
        chain.noop(OTHER, new TickStreamCall.Subscribe(stream, MONTH), TickStreamError.UNKNOWN_TIER);
        assertEquals(MONTH, chain.ticks.subscription(chain.ext, VIEWER, stream).orElseThrow().tier());
        offer(MONTH);
        chain.ok(CREATOR, new TickStreamCall.UpdateStream(stream, U128.of(RATE), List.of(), 0, false));
        chain.noop(OTHER, new TickStreamCall.Subscribe(stream, MONTH), TickStreamError.STREAM_NOT_ACTIVE);
    }

    @Test
    void tiersAreTheCreatorsAndSound() {
        chain.noop(OTHER, new TickStreamCall.SetTiers(stream, List.of(MONTH)), TickStreamError.NOT_THE_CREATOR);
        chain.noop(CREATOR, new TickStreamCall.SetTiers(9, List.of(MONTH)), TickStreamError.UNKNOWN_STREAM);
        List<Tier> bad = List.of(new Tier(U128.ZERO, 1, FEE), new Tier(U128.ONE, 0, FEE),
                new Tier(U128.ONE, 367, FEE), new Tier(U128.ONE, 1, new Permill(0)),
                new Tier(U128.ONE, 1, new Permill(1_000_000)));
        for (Tier tier : bad) {
            chain.noop(CREATOR, new TickStreamCall.SetTiers(stream, List.of(tier)), TickStreamError.BAD_TIERS);
        }
        chain.noop(CREATOR, new TickStreamCall.SetTiers(stream, List.of(MONTH, MONTH)), TickStreamError.BAD_TIERS);
        chain.noop(CREATOR, new TickStreamCall.SetTiers(stream, Collections.nCopies(9, MONTH)),
                TickStreamError.BAD_TIERS);
        assertEquals(List.of(), chain.ticks.tiers(chain.ext, stream));
    }

    @Test
    void aTickCostsASubscriberAtLeastAPlanck() {
        assertEquals(U128.ONE, new Tier(U128.ONE, 1, new Permill(999_999)).rateOf(U128.ONE));
        assertEquals(U128.of(2), new Tier(U128.ONE, 1, new Permill(500_000)).rateOf(U128.of(3)));
    }

    // Gifts.

    private TickStreamCall.OpenGift gift(AccountId payer, long validUntil, Opening opening, boolean wrapped) {
        Bytes payload = chain.ticks.payload(chain.ext, new Gift(payer, VIEWER, validUntil, opening));
        byte[] signed = wrapped ? new ScaleOutput().raw(Bytes.ascii("<Bytes>").view()).raw(payload.view())
                .raw(Bytes.ascii("</Bytes>").view()).toByteArray() : payload.view();
        Bytes signature = WatchedExternalities.sign(VIEWER.bytes().view(), signed);
        return new TickStreamCall.OpenGift(VIEWER, validUntil, opening, new MultiSignature.Sr25519(signature));
    }

    @Test
    void aGiftIsPaidByTheGiverWhoGetsBackWhatIsLeft() {
        chain.ok(OTHER, gift(OTHER, chain.number(), opening(stream, 5_000, words), false));
        long session = chain.ticks.findSessionOf(chain.ext, VIEWER, stream).orElseThrow();
        assertEquals(ENDOWMENT - 5_000, chain.free(OTHER));
        assertEquals(ENDOWMENT, chain.free(VIEWER));
        assertEquals(Funding.givenBy(OTHER), chain.sessionNow(session).funding());
        assertEquals(List.of(new TickStreamEvent.SessionFunded(session, Funding.givenBy(OTHER))),
                chain.events(TickStreamEvent.SessionFunded.class));
        chain.noop(VIEWER, new TickStreamCall.TopUp(session, U128.of(1_000)), TickStreamError.NOT_THE_VIEWER);
        chain.ok(OTHER, new TickStreamCall.TopUp(session, U128.of(1_000)));
        chain.noop(OTHER, new TickStreamCall.RequestClose(session), TickStreamError.NOT_THE_VIEWER);
        chain.watch(10).settle(words.entry(session, 10)).ok(VIEWER, new TickStreamCall.RequestClose(session));
        assertEquals(OTHER, chain.sessionNow(session).payer());
        chain.toBlock(chain.number() + TickChain.CHALLENGE);
        assertEquals(ENDOWMENT - 1_000, chain.free(OTHER));
        assertEquals(ENDOWMENT, chain.free(VIEWER));
        assertEquals(EXISTENTIAL_DEPOSIT, chain.free(POT));
    }

    @Test
    void aGiftToAViewerWithoutAnAccountIsAsGood() {
        chain.transfer(VIEWER, OTHER, ENDOWMENT);
        chain.ok(OTHER, gift(OTHER, chain.number() + 5, opening(stream, 5_000, words), true));
        long session = chain.ticks.findSessionOf(chain.ext, VIEWER, stream).orElseThrow();
        chain.watch(10).settle(new Entry(session, 10, words.word(10), Optional.of(words.closeSecret())));
        chain.toBlock(chain.number() + TickChain.CHALLENGE);
        assertEquals(2 * ENDOWMENT - 1_000, chain.free(OTHER));
        assertEquals(0, chain.free(VIEWER));
    }

    @Test
    void aGiftNeedsWhatTheViewerSigned() {
        Opening opening = opening(stream, 5_000, words);
        long now = chain.number();
        TickStreamCall.OpenGift good = gift(OTHER, now + 3, opening, false);
        chain.noop(CREATOR, good, TickStreamError.BAD_CONSENT);
        chain.noop(OTHER, new TickStreamCall.OpenGift(VIEWER, now + 4, opening, good.consent()),
                TickStreamError.BAD_CONSENT);
        chain.noop(OTHER, new TickStreamCall.OpenGift(CREATOR, now + 3, opening, good.consent()),
                TickStreamError.BAD_CONSENT);
        chain.noop(OTHER, new TickStreamCall.OpenGift(VIEWER, now + 3, opening(stream, 5_001, words), good.consent()),
                TickStreamError.BAD_CONSENT);
        chain.noop(OTHER, gift(OTHER, now - 1, opening, false), TickStreamError.TOO_LATE);
        chain.noop(OTHER, gift(OTHER, now + Gifts.VALIDITY_MAX + 1, opening, false), TickStreamError.TOO_LATE);
        chain.ok(OTHER, good);
        chain.noop(OTHER, good, TickStreamError.SESSION_ALREADY_OPEN);
    }

    @Test
    void aSessionThatSomebodyPaysForSurvivesItsBytes() throws Exception {
        Session session = chain.sessionNow(chain.open(VIEWER, stream, 5_000, words));
        Session given = new Session(session.terms(), session.anchor(), 3, U128.of(300), U128.of(30), U128.of(9),
                session.status(), new Funding(Optional.of(OTHER), Optional.of(new Funding.Sponsored(4, CREATOR, 7))));
        assertEquals(given, Session.CODEC.decodeAll(Session.CODEC.encode(given)));
        assertEquals(account("viewer"), session.payer());
    }
}
