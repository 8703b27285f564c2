package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.TickChain.CREATOR;
import static io.vilokanam.pallets.tickstream.TickChain.ENDOWMENT;
import static io.vilokanam.pallets.tickstream.TickChain.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.KEY;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER;
import static io.vilokanam.pallets.tickstream.TickChain.PLATFORM;
import static io.vilokanam.pallets.tickstream.TickChain.POT;
import static io.vilokanam.pallets.tickstream.TickChain.RATE;
import static io.vilokanam.pallets.tickstream.TickChain.STEP_MAX;
import static io.vilokanam.pallets.tickstream.TickChain.VIEWER;
import static io.vilokanam.pallets.tickstream.TickChain.account;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Words, money, and why an entry is skipped. */
class SettlementTest {

    private final TickChain chain = new TickChain();
    private final Words words = new Words(1, 200);

    private static Entry wrong(Entry entry, Bytes word) {
        return new Entry(entry.session(), entry.ticks(), word, entry.closeSecret());
    }

    private void refuses(Entry entry, SkipReason reason) {
        chain.noop(OTHER, new TickStreamCall.Claim(entry), TickStreamError.of(reason));
        chain.skips(entry, reason);
    }

    // Money.

    @Test
    void aWordPaysCreatorAndPlatform() {
        long stream = chain.createStream();
        long session = chain.open(VIEWER, stream, 5_000, words);
        chain.ext.forget();
        chain.settle(words.entry(session, 20));
        assertEquals(ENDOWMENT + 1_800, chain.free(CREATOR));
        assertEquals(ENDOWMENT + 200, chain.free(PLATFORM));
        Session after = chain.sessionNow(session);
        assertEquals(List.of(20L, U128.of(2_000), U128.of(200), U128.of(3_000), words.word(20)),
                List.of(after.settledTicks(),
                        after.charged(), after.feeTaken(), after.escrow(), after.anchor()));
        assertEquals(List.of(new TickStreamEvent.Settled(session, 20, U128.of(2_000), U128.of(200)),
                new TickStreamEvent.StreamPaid(stream, U128.of(1_800)), new TickStreamEvent.PlatformPaid(U128.of(200)),
                new TickStreamEvent.BatchSettled(KEY, 0, 1, 0)), chain.ext.events());
    }

    @Test
    void aClaimByAnyonePaysThePayeesAlone() {
        long stream = chain.createStream();
        long session = chain.open(VIEWER, stream, 5_000, words);
        chain.ext.forget();
        chain.ok(OTHER, new TickStreamCall.Claim(words.entry(session, 20)));
        assertEquals(List.of(ENDOWMENT, ENDOWMENT + 1_800, ENDOWMENT + 200),
                List.of(chain.free(OTHER), chain.free(CREATOR), chain.free(PLATFORM)));
        assertEquals(20, chain.sessionNow(session).settledTicks());
        assertEquals(List.of(new TickStreamEvent.Settled(session, 20, U128.of(2_000), U128.of(200)),
                new TickStreamEvent.StreamPaid(stream, U128.of(1_800)), new TickStreamEvent.PlatformPaid(U128.of(200))),
                chain.ext.events());
    }

    @Test
    void aClaimDoesNotCloseEvenWithTheSecret() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.ok(OTHER, new TickStreamCall.Claim(words.closing(session, 1)));
        assertEquals(true, chain.sessionNow(session).isOpen());
    }

    @Test
    void theFeeDoesNotDependOnTheSteps() {
        long stream = chain.createStream(33, 0);
        long session = chain.open(VIEWER, stream, 5_000, words);
        long paid = 0;
        for (int ticks = 1; ticks <= 30; ticks++) {
            chain.settle(words.entry(session, ticks));
            paid = 33L * ticks / 10;
            assertEquals(U128.of(paid), chain.sessionNow(session).feeTaken(), "after " + ticks);
            assertEquals(ENDOWMENT + paid, chain.free(PLATFORM));
        }
        assertEquals(99, paid);
        assertEquals(ENDOWMENT + 990 - 99, chain.free(CREATOR));
    }

    @Test
    void freeTicksCostNothing() {
        long session = chain.open(VIEWER, chain.createStream(RATE, 10), 5_000, words);
        chain.ext.forget();
        chain.settle(words.entry(session, 10));
        assertEquals(List.of(new TickStreamEvent.Settled(session, 10, U128.ZERO, U128.ZERO),
                new TickStreamEvent.BatchSettled(KEY, 0, 1, 0)), chain.ext.events());
        chain.settle(words.entry(session, 11));
        assertEquals(U128.of(RATE), chain.sessionNow(session).charged());
    }

    @Test
    void splitsAreRoundedDownAndTheLastPayeeGetsTheRest() {
        Payee[] payees = {new Payee(OTHER, new Permill(333_333)), new Payee(account("b"), new Permill(333_333)),
                new Payee(CREATOR, new Permill(333_334))};
        long session = chain.open(VIEWER, chain.createStream(101, 0, payees), 5_000, words);
        chain.transfer(PLATFORM, account("b"), EXISTENTIAL_DEPOSIT);
        chain.settle(words.entry(session, 1));
        assertEquals(List.of(ENDOWMENT + 30, EXISTENTIAL_DEPOSIT + 30, ENDOWMENT + 31),
                List.of(chain.free(OTHER), chain.free(account("b")), chain.free(CREATOR)));
    }

    @Test
    void payeesArePaidOnceAStreamAndBatch() {
        long stream = chain.createStream();
        long other = chain.createStream();
        long a = chain.open(VIEWER, stream, 5_000, words);
        long b = chain.open(OTHER, stream, 5_000, words);
        long c = chain.open(VIEWER, other, 5_000, words);
        chain.settle(words.entry(a, 10), words.entry(b, 20), words.entry(c, 1));
        assertEquals(List.of(new TickStreamEvent.StreamPaid(stream, U128.of(2_700)),
                new TickStreamEvent.StreamPaid(other, U128.of(90))), chain.events(TickStreamEvent.StreamPaid.class));
        assertEquals(List.of(new TickStreamEvent.PlatformPaid(U128.of(310))),
                chain.events(TickStreamEvent.PlatformPaid.class));
    }

    @Test
    void whatIsTooLittleForANewAccountWaits() {
        AccountId payee = account("new");
        long session = chain.open(VIEWER, chain.createStream(new Payee(payee, new Permill(1_000_000))), 5_000, words);
        chain.settle(words.entry(session, 5));
        assertEquals(List.of(0L, 450L), List.of(chain.free(payee), chain.accrued(payee)));
        assertEquals(List.of(new TickStreamEvent.Accrued(payee, U128.of(450))),
                chain.events(TickStreamEvent.Accrued.class));
        chain.settle(words.entry(session, 10));
        assertEquals(List.of(0L, 900L), List.of(chain.free(payee), chain.accrued(payee)));
        chain.settle(words.entry(session, 12));
        assertEquals(List.of(1_080L, 0L), List.of(chain.free(payee), chain.accrued(payee)), "all of it at once");
        assertEquals(List.of(new TickStreamEvent.AccruedPaid(payee, U128.of(900))),
                chain.events(TickStreamEvent.AccruedPaid.class));
        assertEquals(0, chain.entriesOf("Accrued"));
    }

    @Test
    void aPlatformThatCannotBePaidWaitsToo() {
        chain.ok(Origin.ROOT, new TickStreamCall.SetPlatform(account("nobody"), TickChain.FEE));
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.settle(words.entry(session, 20));
        assertEquals(200, chain.accrued(account("nobody")));
        assertEquals(ENDOWMENT + 1_800, chain.free(CREATOR));
        assertEquals(EXISTENTIAL_DEPOSIT + 3_200, chain.free(POT));
    }

    @Test
    void theWholeEscrowCanBeSpentAndNoPlanckMore() {
        long session = chain.open(VIEWER, chain.createStream(), 2_999, words);
        refuses(words.entry(session, 30), SkipReason.ESCROW_EXHAUSTED);
        chain.settle(words.entry(session, 29));
        chain.ok(VIEWER, new TickStreamCall.TopUp(session, U128.ONE));
        chain.settle(words.entry(session, 30));
        assertEquals(U128.ZERO, chain.sessionNow(session).escrow());
    }

    @Test
    void aRateBeyondAllMoneyExhaustsTheEscrow() {
        chain.ok(CREATOR, new TickStreamCall.CreateStream(U128.MAX, List.of(), 0, Bytes.EMPTY));
        var open = TickChain.opening(0, 5_000, words);
        chain.ok(VIEWER, new TickStreamCall.OpenSession(0, open.deposit(), U128.MAX, open.maxTicks(), open.anchor(),
                open.salt(), open.sessionKey(), open.closeHash()));
        refuses(words.entry(0, 1), SkipReason.ESCROW_EXHAUSTED);
        refuses(words.entry(0, 2), SkipReason.ESCROW_EXHAUSTED);
    }

    // Words.

    @Test
    void anEntryNeedsASessionAndSomethingNew() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        refuses(words.entry(session + 1, 1), SkipReason.UNKNOWN_SESSION);
        refuses(words.entry(session, 0), SkipReason.NOTHING_NEW);
        chain.settle(words.entry(session, 5));
        refuses(words.entry(session, 5), SkipReason.NOTHING_NEW);
        refuses(words.entry(session, 4), SkipReason.NOTHING_NEW);
    }

    @Test
    void aWordMustHashBackToTheAnchor() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        refuses(wrong(words.entry(session, 5), words.word(6)), SkipReason.WORD_MISMATCH);
        refuses(wrong(words.entry(session, 5), words.word(4)), SkipReason.WORD_MISMATCH);
        refuses(wrong(words.entry(session, 5), new Words(2, 10).word(5)), SkipReason.WORD_MISMATCH);
        chain.settle(words.entry(session, 5));
        refuses(wrong(words.entry(session, 7), words.word(6)), SkipReason.WORD_MISMATCH);
    }

    @Test
    void ticksRunAheadOfTimeByAtMostThirty() {
        long session = chain.open(VIEWER, chain.createStream(), 100_000, words);
        refuses(words.entry(session, 31), SkipReason.AHEAD_OF_TIME);
        chain.settle(words.entry(session, 30));
        chain.nextBlock(999);
        refuses(words.entry(session, 31), SkipReason.AHEAD_OF_TIME);
        chain.nextBlock(1).settle(words.entry(session, 31));
        chain.watch(100);
        refuses(words.entry(session, 132), SkipReason.AHEAD_OF_TIME);
        chain.settle(words.entry(session, 131));
        assertEquals(131, chain.sessionNow(session).settledTicks());
    }

    @Test
    void aHashChainEnds() {
        Words few = new Words(3, 20);
        long session = chain.open(VIEWER, chain.createStream(), 5_000, few);
        refuses(new Entry(session, 21, few.word(20), Optional.empty()), SkipReason.CHAIN_EXHAUSTED);
        chain.settle(few.entry(session, 20));
        assertEquals(20, chain.sessionNow(session).settledTicks());
    }

    @Test
    void aStepHasAtMost4096Ticks() {
        Words many = new Words(4, 3 * STEP_MAX);
        long session = chain.open(VIEWER, chain.createStream(1, 0), 50_000, many);
        chain.watch(3 * STEP_MAX);
        refuses(many.entry(session, STEP_MAX + 1), SkipReason.STEP_TOO_LARGE);
        chain.settle(many.entry(session, STEP_MAX));
        chain.settle(many.entry(session, 2 * STEP_MAX), many.entry(session, 3 * STEP_MAX));
        assertEquals(3 * STEP_MAX, chain.sessionNow(session).settledTicks());
        assertEquals(U128.of(3 * STEP_MAX), chain.sessionNow(session).charged());
    }

    // What a batch may use.

    private TickStreamCall batch(long hashes, long payments, Entry... entries) {
        return chain.signed(new Batch(KEY, chain.nonce(), chain.number(), hashes, payments, List.of(entries)));
    }

    private List<SkipReason> skipped() {
        return chain.events(TickStreamEvent.EntrySkipped.class).stream().map(TickStreamEvent.EntrySkipped::reason)
                .toList();
    }

    @Test
    void aBatchHashesNoMoreThanItPaidFor() {
        long stream = chain.createStream();
        long a = chain.open(VIEWER, stream, 5_000, words);
        long b = chain.open(OTHER, stream, 5_000, words);
        chain.ok(Origin.NONE, batch(19, 8, words.entry(a, 10), words.entry(b, 10)));
        assertEquals(List.of(10L, 0L), List.of(chain.sessionNow(a).settledTicks(), chain.sessionNow(b).settledTicks()));
        assertEquals(List.of(SkipReason.OUT_OF_HASHES), skipped());
        chain.ok(Origin.NONE, batch(20, 8, words.entry(a, 20), words.entry(b, 10)));
        assertEquals(List.of(20L, 10L),
                List.of(chain.sessionNow(a).settledTicks(), chain.sessionNow(b).settledTicks()));
    }

    @Test
    void wordsThatDoNotFitUseHashesToo() {
        long session = chain.open(VIEWER, chain.createStream(), 2_000, words);
        Entry mismatch = wrong(words.entry(session, 20), words.word(7));
        chain.ext.forget();
        chain.ok(Origin.NONE, batch(45, 8, mismatch, mismatch, mismatch));
        assertEquals(List.of(SkipReason.WORD_MISMATCH, SkipReason.WORD_MISMATCH, SkipReason.OUT_OF_HASHES), skipped());
        assertEquals(40, chain.ext.hashed());
        chain.ext.forget();
        Entry tooDear = words.entry(session, 25);
        chain.ok(Origin.NONE, batch(45, 8, tooDear, tooDear, tooDear));
        assertEquals(true, chain.ext.hashed() <= 45, () -> chain.ext.hashed() + " hashes, paid for 45");
    }

    @Test
    void aBatchPaysNoMoreThanItPaidFor() {
        Payee[] two = {new Payee(CREATOR, new Permill(500_000)), new Payee(OTHER, new Permill(500_000))};
        long first = chain.open(VIEWER, chain.createStream(two), 5_000, words);
        long second = chain.open(VIEWER, chain.createStream(two), 5_000, words);
        chain.ok(Origin.NONE, batch(100, 3, words.entry(first, 10), words.entry(second, 10)));
        assertEquals(List.of(10L, 0L),
                List.of(chain.sessionNow(first).settledTicks(), chain.sessionNow(second).settledTicks()));
        assertEquals(List.of(SkipReason.OUT_OF_PAYMENTS), skipped());
        chain.ok(Origin.NONE, batch(100, 4, words.entry(first, 20), words.entry(second, 20)));
        assertEquals(List.of(20L, 20L),
                List.of(chain.sessionNow(first).settledTicks(), chain.sessionNow(second).settledTicks()));
    }

    @Test
    void aSkippedEntryDoesNotFailItsBatch() {
        long stream = chain.createStream();
        long a = chain.open(VIEWER, stream, 5_000, words);
        long b = chain.open(OTHER, stream, 5_000, words);
        chain.settle(words.entry(99, 1), wrong(words.entry(a, 3), words.word(9)), words.entry(b, 3));
        assertEquals(3, chain.sessionNow(b).settledTicks());
        assertEquals(new TickStreamEvent.BatchSettled(KEY, 0, 1, 2), chain.ext.events().getLast());
    }

    @Test
    void theOrderOfEntriesDoesNotMatterEvenWhereTheBudgetIsShort() {
        Words many = new Words(4, 2 * STEP_MAX);
        TickChain other = new TickChain();
        for (TickChain each : List.of(chain, other)) {
            each.open(VIEWER, each.createStream(1, 0), 50_000, many);
            each.open(OTHER, each.createStream(1, 0), 50_000, words);
            each.watch(2 * STEP_MAX);
        }
        List<Entry> entries = List.of(many.entry(0, 2 * STEP_MAX), words.entry(1, 100), many.entry(0, STEP_MAX),
                words.entry(1, 150));
        for (long hashes : List.of(2L * STEP_MAX + 150, 2L * STEP_MAX, 120L)) {
            for (TickChain each : List.of(chain, other)) {
                List<Entry> order = each == chain ? entries : entries.reversed();
                each.ok(Origin.NONE, each.signed(new Batch(KEY, each.nonce(), each.number(), hashes, 1, order)));
            }
            assertEquals(chain.snapshotWithoutEvents(), other.snapshotWithoutEvents());
        }
    }
}
