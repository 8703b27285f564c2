package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.TickChain.BATCHES;
import static io.vilokanam.pallets.tickstream.TickChain.CHALLENGE;
import static io.vilokanam.pallets.tickstream.TickChain.CREATOR;
import static io.vilokanam.pallets.tickstream.TickChain.DUE_PER_BLOCK;
import static io.vilokanam.pallets.tickstream.TickChain.ENDOWMENT;
import static io.vilokanam.pallets.tickstream.TickChain.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.FEE;
import static io.vilokanam.pallets.tickstream.TickChain.KEY;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER_KEY;
import static io.vilokanam.pallets.tickstream.TickChain.STEP_MAX;
import static io.vilokanam.pallets.tickstream.TickChain.VIEWER;
import static io.vilokanam.pallets.tickstream.TickChain.account;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** A call costs at least what its storage accesses and hashes cost, in its worst case. */
class WeightsTest {

    private final AccountId[] crowd = IntStream.range(0, DUE_PER_BLOCK).mapToObj(i -> account("viewer " + i))
            .toArray(AccountId[]::new);
    private final TickChain chain = new TickChain(crowd);
    private final Words words = new Words(1, STEP_MAX + 10);

    /** That what a call weighed in the end covers what it did is asserted with every call of {@link TickChain}. */
    private void covers(Origin origin, TickStreamCall call) {
        chain.ok(origin, call);
        assertTrue(chain.ticks.weigh(call).refTime() >= chain.cost());
    }

    private void covers(AccountId signer, TickStreamCall call) {
        covers(Origin.signed(signer), call);
    }

    /** Eight payees without accounts. */
    private static Payee[] newcomers(String name) {
        return IntStream.range(0, 8).mapToObj(i -> new Payee(account(name + " payee " + i), new Permill(125_000)))
                .toArray(Payee[]::new);
    }

    @Test
    void streamsAndSettings() {
        covers(CREATOR,
                new TickStreamCall.CreateStream(U128.ONE, List.of(newcomers("a")), 5, Bytes.wrap(new byte[128])));
        covers(CREATOR, new TickStreamCall.UpdateStream(0, U128.ONE, List.of(newcomers("b")), 5, true));
        covers(Origin.ROOT, new TickStreamCall.SetPlatform(OTHER, FEE));
        covers(Origin.ROOT, new TickStreamCall.SetSettlementKey(OTHER_KEY, true));
        covers(Origin.ROOT, new TickStreamCall.SetSettlementKey(OTHER_KEY, false));
    }

    @Test
    void openingToppingUpAndRequestingToClose() {
        long stream = chain.createStream(1, 5);
        covers(VIEWER, TickChain.opening(stream, 5_000, words));
        chain.nextBlock();
        covers(VIEWER, new TickStreamCall.TopUp(0, U128.ONE));
        covers(VIEWER, new TickStreamCall.RequestClose(0));
    }

    private void limit(AccountId who) {
        covers(who, new TickStreamCall.SetSpendingLimit(Optional.of(U128.of(ENDOWMENT))));
        chain.nextBlock();
        covers(who, new TickStreamCall.SetSpendingLimit(Optional.of(U128.of(ENDOWMENT + 1))));
    }

    @Test
    void tipsAndSubscriptionsThatBringEveryPayeeToLife() {
        limit(VIEWER);
        Tier tier = new Tier(U128.of(16_000), 30, new Permill(100_000));
        chain.createStream(100, 0, newcomers("a"));
        long stream = chain.createStream(100, 0, newcomers("b"));
        covers(CREATOR, new TickStreamCall.SetTiers(stream, List.of(tier)));
        chain.nextBlock();
        letThePlatformWait();
        covers(VIEWER, new TickStreamCall.Tip(0, U128.of(16_000)));
        chain.nextBlock();
        covers(VIEWER, new TickStreamCall.Subscribe(stream, tier));
        assertEquals(1_800, chain.free(account("b payee 7")));
        chain.nextBlock();
        covers(VIEWER, new TickStreamCall.Subscribe(stream, tier));
    }

    @Test
    void sponsorshipsAndGifts() {
        limit(VIEWER);
        limit(OTHER);
        long stream = chain.createStream(100, 5);
        Sponsorship.Terms terms = new Sponsorship.Terms(10, U128.of(100), U128.ZERO, 5);
        covers(OTHER, new TickStreamCall.Sponsor(stream, U128.of(5_000), terms));
        chain.nextBlock();
        covers(VIEWER, new TickStreamCall.OpenSponsored(0, PatronageTest.opening(stream, 5_000, words)));
        chain.nextBlock();
        Opening opening = PatronageTest.opening(chain.createStream(100, 5), 5_000, words);
        Bytes consent = WatchedExternalities.sign(VIEWER.bytes().view(),
                chain.ticks.payload(chain.ext, new Gift(OTHER, VIEWER, chain.number(), opening)).view());
        covers(OTHER, new TickStreamCall.OpenGift(VIEWER, chain.number(), opening,
                new MultiSignature.Sr25519(consent)));
        chain.nextBlock();
        covers(CREATOR, new TickStreamCall.CloseWithWord(words.entry(0, 1)));
        chain.nextBlock();
        covers(OTHER, new TickStreamCall.EndSponsorship(0));
    }

    @Test
    void sponsoredSessionsThatEndTogether() {
        long stream = chain.createStream(100, 0);
        Sponsorship.Terms terms = new Sponsorship.Terms(1, U128.of(100), U128.ZERO, 100);
        for (AccountId viewer : crowd) {
            limit(viewer);
            chain.ok(OTHER, new TickStreamCall.Sponsor(stream, U128.of(2_000), terms));
            long sponsorship = chain.events(TickStreamEvent.SponsorshipOpened.class).getLast().sponsorship();
            chain.ok(viewer,
                    new TickStreamCall.OpenSponsored(sponsorship, PatronageTest.opening(stream, 5_000, words)));
            if (sponsorship % 2 == 0) {
                chain.ok(OTHER, new TickStreamCall.EndSponsorship(sponsorship));
            }
        }
        for (AccountId viewer : crowd) {
            chain.ok(viewer, new TickStreamCall.RequestClose(
                    chain.ticks.findSessionOf(chain.ext, viewer, stream).orElseThrow()));
        }
        chain.toBlock(chain.number() + CHALLENGE);
        assertEquals(0, chain.entriesOf("Sessions"));
        assertEquals(List.of(), chain.ticks.tryState(chain.ext));
    }

    /** A platform that can be paid by the next fee together with what waits for it. */
    private void letThePlatformWait() {
        chain.ok(Origin.ROOT, new TickStreamCall.SetPlatform(account("new platform"), FEE));
        Words some = new Words(9, 2);
        long session = chain.open(OTHER, chain.createStream(5_000, 0), 5_000, some);
        chain.ok(OTHER, new TickStreamCall.Claim(some.entry(session, 1)));
        assertEquals(500, chain.accrued(account("new platform")));
    }

    @Test
    void aClaimThatBringsEveryPayeeToLife() {
        long session = chain.open(VIEWER, chain.createStream(8_000, STEP_MAX - 3, newcomers("a")), 100_000, words);
        chain.watch(STEP_MAX);
        chain.ok(OTHER, new TickStreamCall.Claim(words.entry(session, STEP_MAX - 2)));
        letThePlatformWait();
        covers(OTHER, new TickStreamCall.Claim(words.entry(session, STEP_MAX - 1)));
        assertEquals(1_800, chain.free(account("a payee 7")));
    }

    @Test
    void aClaimOfTheLargestStep() {
        long session = chain.open(VIEWER, chain.createStream(1, 0, newcomers("a")), 100_000, words);
        chain.watch(STEP_MAX);
        covers(OTHER, new TickStreamCall.Claim(words.entry(session, STEP_MAX)));
        assertEquals(STEP_MAX, chain.ext.hashed());
    }

    @Test
    void closingAtOnceBringsTheViewerToLifeToo() {
        long session = chain.open(VIEWER, chain.createStream(8_000, 0, newcomers("a")), 100_000, words);
        long other = chain.open(VIEWER, chain.createStream(100, 0), 5_000, words);
        chain.transfer(VIEWER, OTHER, ENDOWMENT - 105_000);
        chain.watch(50).settle(words.entry(session, 1), words.entry(other, 49));
        chain.ok(CREATOR, new TickStreamCall.CloseWithWord(words.entry(other, 49)));
        assertEquals(100, chain.accrued(VIEWER));
        letThePlatformWait();
        covers(CREATOR, new TickStreamCall.CloseWithWord(words.entry(session, 2)));
        assertEquals(100_000 - 16_000 + 100, chain.free(VIEWER));
    }

    @Test
    void whatWasNotUsedIsGivenBack() {
        long stream = chain.createStream(100, 0);
        long session = chain.open(VIEWER, stream, 5_000, words);
        long other = chain.open(OTHER, stream, 5_000, words);
        usesLess(Origin.signed(OTHER), new TickStreamCall.Claim(words.entry(session, 3)));
        usesLess(Origin.NONE, chain.signed(TickChain.batch(KEY, 0, chain.number(), words.entry(session, 4))));
        usesLess(Origin.signed(CREATOR), new TickStreamCall.CloseWithWord(words.entry(session, 5)));
        usesLess(Origin.signed(CREATOR), new TickStreamCall.CloseWithWord(words.entry(other, 0)));
    }

    private void usesLess(Origin origin, TickStreamCall call) {
        covers(origin, call);
        assertTrue(chain.weighed(call).refTime() < chain.ticks.weigh(call).refTime(), call::toString);
    }

    @Test
    void payingWhatWaits() {
        AccountId payee = account("new");
        long session = chain.open(VIEWER, chain.createStream(100, 0, new Payee(payee, new Permill(1_000_000))), 5_000,
                words);
        chain.settle(words.entry(session, 2));
        chain.transfer(OTHER, payee, EXISTENTIAL_DEPOSIT);
        covers(OTHER, new TickStreamCall.PayAccrued(payee));
        assertEquals(EXISTENTIAL_DEPOSIT + 180, chain.free(payee));
    }

    @Test
    void aBatchThatClosesEverythingAndBringsEveryPayeeToLife() {
        List<Entry> first = new ArrayList<>();
        List<Entry> second = new ArrayList<>();
        int streams = (int) BATCHES.paymentsMax() / 8;
        for (int i = 0; i < streams; i++) {
            Words own = new Words(i, 5);
            long session = chain.open(VIEWER, chain.createStream(8_000, 0, newcomers("stream " + i)), 32_000, own);
            first.add(own.entry(session, 1));
            second.add(own.closing(session, 2));
        }
        chain.settle(first.toArray(Entry[]::new));
        letThePlatformWait();
        covers(Origin.NONE,
                chain.signed(new Batch(KEY, chain.nonce(), chain.number(), streams, BATCHES.paymentsMax(), second)));
        assertEquals(new TickStreamEvent.BatchSettled(KEY, 1, streams, 0), chain.ext.events().getLast());
        assertEquals(streams, chain.events(TickStreamEvent.CloseRequested.class).size());
        assertEquals(1_800, chain.free(account("stream 0 payee 0")));
    }

    @Test
    void aBatchThatPaidForTooFewStreams() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            entries.add(words.closing(chain.open(VIEWER, chain.createStream(1, 0, newcomers("a")), 2_000, words), 1));
        }
        for (long payments : List.of(7L, 0L, 8L)) {
            covers(Origin.NONE, chain.signed(new Batch(KEY, chain.nonce(), chain.number(), 100, payments, entries)));
        }
    }

    @Test
    void aBatchOfWordsThatDoNotFit() {
        long session = chain.open(VIEWER, chain.createStream(1, 0), 2_000, words);
        chain.watch(STEP_MAX);
        Entry wrong = new Entry(session, STEP_MAX, words.word(7), Optional.empty());
        covers(Origin.NONE, chain.signed(
                new Batch(KEY, chain.nonce(), chain.number(), STEP_MAX, 1, Collections.nCopies(20, wrong))));
    }

    @Test
    void windowsThatEndTogether() {
        long stream = chain.createStream(1, 0);
        long cheap = chain.createStream(1, 0);
        for (AccountId viewer : crowd) {
            chain.open(viewer, stream, 2_000, words);
            chain.open(viewer, cheap, 2_000, words);
            chain.transfer(viewer, OTHER, ENDOWMENT - 4_000);
        }
        chain.watch(2_000);
        for (AccountId viewer : crowd) {
            long session = chain.ticks.findSessionOf(chain.ext, viewer, cheap).orElseThrow();
            chain.settle(words.entry(session, 1_900)).ok(CREATOR,
                    new TickStreamCall.CloseWithWord(words.entry(session, 1_900)));
            assertEquals(100, chain.accrued(viewer));
            chain.ok(viewer, new TickStreamCall.RequestClose(
                    chain.ticks.findSessionOf(chain.ext, viewer, stream).orElseThrow()));
        }
        chain.toBlock(chain.number() + CHALLENGE);
        assertEquals(2_100, chain.free(crowd[0]));
        assertEquals(0, chain.entriesOf("Accrued"));
    }

    /** The most payments of a batch where governance may let payouts wait. */
    private static final long GOVERNED_PAYMENTS = 120;

    @Test
    void aFullBatchFitsHalfOfABlocksNormalWeight() {
        Entry entry = words.entry(0, 1);
        List<Entry> entries = new ArrayList<>(
                Collections.nCopies((int) BATCHES.entriesMax() - Batch.CLOSES_MAX, entry));
        entries.addAll(Collections.nCopies(Batch.CLOSES_MAX, words.closing(0, 1)));
        long half = 1_000_000_000_000L * 75 / 100 / 2;
        long governed = weight(entries, GOVERNED_PAYMENTS);
        assertTrue(governed <= half, () -> governed + " ps, half of normal is " + half);
        long fixed = weight(entries, BATCHES.paymentsMax())
                - chain.rules.weight(BATCHES.paymentsMax()).refTime();
        assertTrue(fixed <= half, () -> fixed + " ps, half of normal is " + half);
    }

    private long weight(List<Entry> entries, long payments) {
        return chain.ticks.weigh(chain.signed(new Batch(KEY, 0, 1, BATCHES.hashesMax(), payments, entries))).refTime();
    }
}
