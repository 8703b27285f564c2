package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.TickChain.CHALLENGE;
import static io.vilokanam.pallets.tickstream.TickChain.CREATOR;
import static io.vilokanam.pallets.tickstream.TickChain.DUE_PER_BLOCK;
import static io.vilokanam.pallets.tickstream.TickChain.ENDOWMENT;
import static io.vilokanam.pallets.tickstream.TickChain.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.EXPIRY;
import static io.vilokanam.pallets.tickstream.TickChain.FEE;
import static io.vilokanam.pallets.tickstream.TickChain.KEY;
import static io.vilokanam.pallets.tickstream.TickChain.MAX_TICKS;
import static io.vilokanam.pallets.tickstream.TickChain.MINIMUM_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER;
import static io.vilokanam.pallets.tickstream.TickChain.POT;
import static io.vilokanam.pallets.tickstream.TickChain.RATE;
import static io.vilokanam.pallets.tickstream.TickChain.START;
import static io.vilokanam.pallets.tickstream.TickChain.VIEWER;
import static io.vilokanam.pallets.tickstream.TickChain.account;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.TokenError;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Quote;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** From the deposit to the refund. */
class SessionsTest {

    private final TickChain chain = new TickChain();
    private final Words words = new Words(1, 200);

    private static TickStreamCall.OpenSession opening(long stream, long deposit, long maxRate, long maxTicks) {
        Words some = new Words(2, 1);
        return new TickStreamCall.OpenSession(stream, U128.of(deposit), U128.of(maxRate), maxTicks, some.word(0),
                some.salt(),
                TickChain.key("session"), some.closeHash());
    }

    private void update(long stream, long rate, long freeTicks, boolean active) {
        chain.ok(CREATOR, new TickStreamCall.UpdateStream(stream, U128.of(rate), List.of(), freeTicks, active));
    }

    // Opening.

    @Test
    void openingPutsTheDepositIntoEscrowAndLocksTheTerms() {
        long stream = chain.createStream(RATE, 3);
        long session = chain.open(VIEWER, stream, 5_000, words);
        Terms terms = new Terms(stream, VIEWER, U128.of(RATE), FEE, 3, 200, words.salt(), words.closeHash(),
                TickChain.key("session"), START);
        assertEquals(new Session(terms, words.word(0), 0, U128.ZERO, U128.ZERO, U128.of(5_000),
                new SessionStatus.Open(chain.number() + EXPIRY)), chain.sessionNow(session));
        assertEquals(ENDOWMENT - 5_000, chain.free(VIEWER));
        assertEquals(EXISTENTIAL_DEPOSIT + 5_000, chain.free(POT));
        assertEquals(List.of(new TickStreamEvent.SessionOpened(session, stream, VIEWER, U128.of(RATE), U128.of(5_000))),
                chain.events(TickStreamEvent.SessionOpened.class));
    }

    @Test
    void openingNeedsAnActiveStream() {
        chain.noop(VIEWER, opening(0, 5_000, RATE, 10), TickStreamError.UNKNOWN_STREAM);
        long stream = chain.createStream();
        update(stream, RATE, 0, false);
        chain.noop(VIEWER, opening(stream, 5_000, RATE, 10), TickStreamError.STREAM_NOT_ACTIVE);
        update(stream, RATE, 0, true);
        chain.ok(VIEWER, opening(stream, 5_000, RATE, 10));
    }

    @Test
    void aViewerNeverPaysMoreATickThanAgreed() {
        long stream = chain.createStream();
        chain.noop(VIEWER, opening(stream, 5_000, RATE - 1, 10), TickStreamError.RATE_TOO_HIGH);
        chain.ok(VIEWER, opening(stream, 5_000, RATE, 10));
    }

    @Test
    void aDepositHasAMinimum() {
        long stream = chain.createStream();
        chain.noop(VIEWER, opening(stream, MINIMUM_DEPOSIT - 1, RATE, 10), TickStreamError.DEPOSIT_TOO_LOW);
        chain.ok(VIEWER, opening(stream, MINIMUM_DEPOSIT, RATE, 10));
    }

    @Test
    void aHashChainHasALength() {
        long stream = chain.createStream();
        chain.noop(VIEWER, opening(stream, 5_000, RATE, 0), TickStreamError.BAD_CHAIN_LENGTH);
        chain.noop(VIEWER, opening(stream, 5_000, RATE, MAX_TICKS + 1), TickStreamError.BAD_CHAIN_LENGTH);
        chain.ok(VIEWER, opening(stream, 5_000, RATE, MAX_TICKS));
    }

    @Test
    void aViewerHasOneSessionOfAStream() {
        long first = chain.createStream();
        long second = chain.createStream();
        long session = chain.open(VIEWER, first, 5_000, words);
        chain.noop(VIEWER, opening(first, 5_000, RATE, 10), TickStreamError.SESSION_ALREADY_OPEN);
        chain.open(VIEWER, second, 5_000, words);
        chain.open(OTHER, first, 5_000, words);
        chain.ok(VIEWER, new TickStreamCall.RequestClose(session));
        chain.noop(VIEWER, opening(first, 5_000, RATE, 10), TickStreamError.SESSION_ALREADY_OPEN);
        chain.toBlock(chain.number() + CHALLENGE);
        chain.open(VIEWER, first, 5_000, words);
    }

    @Test
    void aViewerStaysAliveWithTheRest() {
        long stream = chain.createStream();
        chain.noop(Origin.signed(VIEWER), opening(stream, ENDOWMENT - EXISTENTIAL_DEPOSIT + 1, RATE, 10),
                new DispatchError.Token(TokenError.NOT_EXPENDABLE));
        chain.noop(Origin.signed(VIEWER), opening(stream, ENDOWMENT + 1, RATE, 10),
                new DispatchError.Token(TokenError.FUNDS_UNAVAILABLE));
        chain.ok(VIEWER, opening(stream, ENDOWMENT - EXISTENTIAL_DEPOSIT, RATE, 10));
    }

    @Test
    void rateAndFeeAreLockedForTheSession() {
        long stream = chain.createStream();
        long before = chain.open(VIEWER, stream, 5_000, words);
        update(stream, 2 * RATE, 0, true);
        chain.ok(Origin.ROOT, new TickStreamCall.SetPlatform(TickChain.PLATFORM, new Permill(500_000)));
        long after = chain.open(OTHER, stream, 5_000, words);
        chain.settle(words.entry(before, 10), words.entry(after, 10));
        assertEquals(List.of(new TickStreamEvent.Settled(before, 10, U128.of(1_000), U128.of(100)),
                new TickStreamEvent.Settled(after, 10, U128.of(2_000), U128.of(1_000))),
                chain.events(TickStreamEvent.Settled.class));
    }

    @Test
    void freeTicksAreOnceAStreamAndViewer() {
        long stream = chain.createStream(RATE, 3);
        assertEquals(Optional.of(new Quote(U128.of(RATE), FEE, 3, U128.of(MINIMUM_DEPOSIT), U128.of(53))),
                chain.ticks.quote(chain.ext, stream, VIEWER, U128.of(5_099)));
        long first = chain.open(VIEWER, stream, 5_000, words);
        assertEquals(3, chain.sessionNow(first).terms().freeTicks());
        assertEquals(Optional.of(new Quote(U128.of(RATE), FEE, 0, U128.of(MINIMUM_DEPOSIT), U128.of(50))),
                chain.ticks.quote(chain.ext, stream, VIEWER, U128.of(5_099)));
        chain.ok(VIEWER, new TickStreamCall.RequestClose(first)).toBlock(chain.number() + CHALLENGE);
        long second = chain.open(VIEWER, stream, 5_000, words);
        assertEquals(0, chain.sessionNow(second).terms().freeTicks());
        assertEquals(3, chain.sessionNow(chain.open(OTHER, stream, 5_000, words)).terms().freeTicks());
        assertEquals(Optional.empty(), chain.ticks.quote(chain.ext, stream + 1, VIEWER, U128.of(5_000)));
    }

    @Test
    void aStreamWithoutFreeTicksLeavesTheFirstLookForLater() {
        long stream = chain.createStream(RATE, 0);
        long first = chain.open(VIEWER, stream, 5_000, words);
        update(stream, RATE, 4, true);
        chain.ok(VIEWER, new TickStreamCall.RequestClose(first)).toBlock(chain.number() + CHALLENGE);
        assertEquals(4, chain.sessionNow(chain.open(VIEWER, stream, 5_000, words)).terms().freeTicks());
    }

    // Topping up.

    @Test
    void aTopUpAddsEscrowAndBeginsExpiryAnew() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.toBlock(50).ok(VIEWER, new TickStreamCall.TopUp(session, U128.of(7)));
        assertEquals(U128.of(5_007), chain.sessionNow(session).escrow());
        assertEquals(new SessionStatus.Open(50 + EXPIRY), chain.sessionNow(session).status());
        assertEquals(List.of(new TickStreamEvent.ToppedUp(session, U128.of(7))),
                chain.events(TickStreamEvent.ToppedUp.class));
        chain.toBlock(50 + EXPIRY - 1);
        assertTrue(chain.sessionNow(session).isOpen(), "the first expiry does not count any more");
        chain.nextBlock();
        assertEquals(new SessionStatus.Closing(50 + EXPIRY + CHALLENGE), chain.sessionNow(session).status());
    }

    @Test
    void onlyTheViewerTopsUpAnOpenSessionByMoreThanNothing() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.noop(VIEWER, new TickStreamCall.TopUp(session + 1, U128.ONE), TickStreamError.UNKNOWN_SESSION);
        chain.noop(OTHER, new TickStreamCall.TopUp(session, U128.ONE), TickStreamError.NOT_THE_VIEWER);
        chain.noop(VIEWER, new TickStreamCall.TopUp(session, U128.ZERO), TickStreamError.DEPOSIT_TOO_LOW);
        chain.noop(Origin.signed(VIEWER), new TickStreamCall.TopUp(session, U128.of(ENDOWMENT)),
                new DispatchError.Token(TokenError.FUNDS_UNAVAILABLE));
        chain.ok(VIEWER, new TickStreamCall.RequestClose(session));
        chain.noop(VIEWER, new TickStreamCall.TopUp(session, U128.ONE), TickStreamError.SESSION_CLOSING);
    }

    // Closing.

    @Test
    void closingStartsAWindowInWhichNewerWordsStillSettle() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.ok(VIEWER, new TickStreamCall.RequestClose(session));
        long until = chain.number() + CHALLENGE;
        assertEquals(List.of(new TickStreamEvent.CloseRequested(session, until)),
                chain.events(TickStreamEvent.CloseRequested.class));
        chain.settle(words.entry(session, 1)).toBlock(until - 1).settle(words.entry(session, 20));
        assertEquals(20, chain.sessionNow(session).settledTicks());
        assertEquals(new SessionStatus.Closing(until), chain.sessionNow(session).status());
        chain.nextBlock();
        assertEquals(Optional.empty(), chain.session(session));
        assertEquals(List.of(new TickStreamEvent.SessionClosed(session, 20, U128.of(2_000), U128.of(3_000))),
                chain.ext.events());
        assertEquals(ENDOWMENT - 2_000, chain.free(VIEWER));
        assertEquals(EXISTENTIAL_DEPOSIT, chain.free(POT));
        chain.skips(words.entry(session, 21), SkipReason.UNKNOWN_SESSION);
    }

    @Test
    void onlyTheViewerRequestsToCloseOnce() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.noop(CREATOR, new TickStreamCall.RequestClose(session), TickStreamError.NOT_THE_VIEWER);
        chain.noop(VIEWER, new TickStreamCall.RequestClose(session + 1), TickStreamError.UNKNOWN_SESSION);
        chain.ok(VIEWER, new TickStreamCall.RequestClose(session));
        chain.noop(VIEWER, new TickStreamCall.RequestClose(session), TickStreamError.SESSION_CLOSING);
    }

    @Test
    void aCloseSecretWithANewWordSettlesAndCloses() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.settle(words.closing(session, 5));
        assertEquals(5, chain.sessionNow(session).settledTicks());
        assertEquals(new SessionStatus.Closing(chain.number() + CHALLENGE), chain.sessionNow(session).status());
        assertEquals(new TickStreamEvent.BatchSettled(KEY, 0, 1, 0), chain.ext.events().getLast());
        chain.settle(words.entry(session, 6));
        assertEquals(6, chain.sessionNow(session).settledTicks());
    }

    @Test
    void aCloseSecretWithoutANewWordCloses() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.settle(words.entry(session, 5)).settle(words.closing(session, 5));
        assertEquals(new SessionStatus.Closing(chain.number() + CHALLENGE), chain.sessionNow(session).status());
        assertEquals(new TickStreamEvent.BatchSettled(KEY, 1, 1, 0), chain.ext.events().getLast());
        chain.skips(words.closing(session, 5), SkipReason.NOTHING_NEW);
        long never = chain.open(OTHER, chain.createStream(), 5_000, words);
        chain.settle(words.closing(never, 0)).toBlock(chain.number() + CHALLENGE);
        assertEquals(ENDOWMENT, chain.free(OTHER));
    }

    @Test
    void aWrongCloseSecretSettlesAndClosesNothing() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        Bytes wrong = words.word(7);
        chain.skips(new Entry(session, 5, words.word(5), Optional.of(wrong)), SkipReason.SECRET_MISMATCH);
        chain.skips(new Entry(session, 0, words.word(0), Optional.of(wrong)), SkipReason.SECRET_MISMATCH);
        assertTrue(chain.sessionNow(session).isOpen());
        chain.ok(VIEWER, new TickStreamCall.RequestClose(session));
        chain.skips(new Entry(session, 5, words.word(5), Optional.of(wrong)), SkipReason.SECRET_MISMATCH);
    }

    @Test
    void aCloseSecretClosesBesideAWordThatDoesNotSettle() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.settle(new Entry(session, 5, words.word(7), Optional.of(words.closeSecret())));
        assertEquals(new SessionStatus.Closing(chain.number() + CHALLENGE), chain.sessionNow(session).status());
        assertEquals(0, chain.sessionNow(session).settledTicks());
        assertEquals(List.of(new TickStreamEvent.EntrySkipped(session, SkipReason.WORD_MISMATCH)),
                chain.events(TickStreamEvent.EntrySkipped.class));
        chain.settle(words.entry(session, 5));
        assertEquals(5, chain.sessionNow(session).settledTicks());
    }

    @Test
    void aPayeeClosesAtOnceWithTheLastWord() {
        long stream = chain.createStream(new Payee(OTHER, new Permill(400_000)),
                new Payee(account("friend"), new Permill(600_000)));
        long session = chain.open(VIEWER, stream, 5_000, words);
        chain.ok(OTHER, new TickStreamCall.CloseWithWord(words.entry(session, 20)));
        assertEquals(Optional.empty(), chain.session(session));
        assertEquals(ENDOWMENT - 2_000, chain.free(VIEWER));
        assertEquals(ENDOWMENT + 720, chain.free(OTHER));
        assertEquals(1_080, chain.free(account("friend")));
        assertEquals(ENDOWMENT + 200, chain.free(TickChain.PLATFORM));
        assertEquals(EXISTENTIAL_DEPOSIT, chain.free(POT));
        assertEquals(new TickStreamEvent.SessionClosed(session, 20, U128.of(2_000), U128.of(3_000)),
                chain.ext.events().getLast());
    }

    @Test
    void theCreatorClosesAtOnceWithTheAnchorAlone() {
        long stream = chain.createStream(new Payee(OTHER, new Permill(1_000_000)));
        long session = chain.open(VIEWER, stream, 5_000, words);
        chain.ok(CREATOR, new TickStreamCall.CloseWithWord(words.entry(session, 0)));
        assertEquals(ENDOWMENT, chain.free(VIEWER));
        long second = chain.open(VIEWER, stream, 5_000, words);
        chain.settle(words.entry(second, 9)).ok(CREATOR, new TickStreamCall.CloseWithWord(words.entry(second, 9)));
        assertEquals(ENDOWMENT - 900, chain.free(VIEWER));
    }

    @Test
    void onlyThePayeeSideClosesAtOnceAndOnlyWithAGoodWord() {
        long stream = chain.createStream(new Payee(OTHER, new Permill(1_000_000)));
        long session = chain.open(VIEWER, stream, 5_000, words);
        chain.settle(words.entry(session, 3));
        chain.noop(VIEWER, new TickStreamCall.CloseWithWord(words.entry(session, 4)), TickStreamError.NOT_A_PAYEE);
        chain.noop(OTHER, new TickStreamCall.CloseWithWord(words.entry(session + 1, 4)),
                TickStreamError.UNKNOWN_SESSION);
        chain.noop(OTHER, new TickStreamCall.CloseWithWord(words.entry(session, 2)), TickStreamError.NOTHING_NEW);
        Entry anchorIsWrong = new Entry(session, 3, words.word(4), Optional.empty());
        chain.noop(OTHER, new TickStreamCall.CloseWithWord(anchorIsWrong), TickStreamError.NOTHING_NEW);
        Entry wordIsWrong = new Entry(session, 4, words.word(5), Optional.empty());
        chain.noop(OTHER, new TickStreamCall.CloseWithWord(wordIsWrong), TickStreamError.WORD_MISMATCH);
        chain.noop(OTHER, new TickStreamCall.CloseWithWord(words.entry(session, 60)), TickStreamError.AHEAD_OF_TIME);
    }

    @Test
    void aClosedSessionLeavesNothingButItsExpiryInTheQueue() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.ok(CREATOR, new TickStreamCall.CloseWithWord(words.entry(session, 1)));
        assertEquals(0, chain.entriesOf("Sessions") + chain.entriesOf("SessionOf"));
        assertEquals(1, chain.entriesOf("Due"));
        chain.toBlock(1 + EXPIRY);
        assertEquals(0, chain.entriesOf("Due"));
        assertEquals(List.of(), chain.ext.events());
    }

    // Expiry and the queue.

    @Test
    void aSessionExpiresIntoTheSameWindow() {
        long session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.toBlock(EXPIRY);
        assertTrue(chain.sessionNow(session).isOpen());
        chain.nextBlock();
        assertEquals(new SessionStatus.Closing(1 + EXPIRY + CHALLENGE), chain.sessionNow(session).status());
        chain.settle(words.entry(session, 10)).toBlock(1 + EXPIRY + CHALLENGE);
        assertEquals(Optional.empty(), chain.session(session));
        assertEquals(ENDOWMENT - 1_000, chain.free(VIEWER));
        assertEquals(0, chain.entriesOf("Due"));
    }

    @Test
    void whatIsDueIsWorkedOffABoundedNumberABlock() {
        AccountId[] viewers = IntStream.range(0, 3 * DUE_PER_BLOCK).mapToObj(i -> account("viewer " + i))
                .toArray(AccountId[]::new);
        TickChain crowd = new TickChain(viewers);
        long stream = crowd.createStream();
        List<Long> sessions = new ArrayList<>();
        for (AccountId viewer : viewers) {
            sessions.add(crowd.open(viewer, stream, 5_000, words));
        }
        crowd.toBlock(5);
        sessions.forEach(id -> crowd.ok(crowd.sessionNow(id).terms().viewer(), new TickStreamCall.RequestClose(id)));
        crowd.toBlock(5 + CHALLENGE - 1);
        assertEquals(3 * DUE_PER_BLOCK, crowd.entriesOf("Sessions"));
        crowd.nextBlock();
        assertEquals(2 * DUE_PER_BLOCK, crowd.entriesOf("Sessions"));
        long left = sessions.stream().filter(id -> crowd.session(id).isPresent()).findFirst().orElseThrow();
        crowd.settle(words.entry(left, 1));
        assertEquals(1, crowd.sessionNow(left).settledTicks(), "what is left over still settles");
        crowd.nextBlock();
        assertEquals(DUE_PER_BLOCK, crowd.entriesOf("Sessions"));
        crowd.nextBlock();
        assertEquals(0, crowd.entriesOf("Sessions"));
        assertEquals(EXISTENTIAL_DEPOSIT, crowd.free(POT));
    }

    @Test
    void aChainThatGetsThePalletLaterNeedNotCatchUp() {
        TickChain old = new TickChain().bornAt(1_000_000);
        long session = old.open(VIEWER, old.createStream(), 5_000, words);
        old.ok(VIEWER, new TickStreamCall.RequestClose(session)).toBlock(old.number() + CHALLENGE);
        assertEquals(Optional.empty(), old.session(session));
    }

    // Refunds.

    @Test
    void aRefundWaitsForAViewerWhoIsGone() {
        long session = chain.open(VIEWER, chain.createStream(), MINIMUM_DEPOSIT, words);
        chain.transfer(VIEWER, OTHER, ENDOWMENT - MINIMUM_DEPOSIT);
        chain.settle(words.entry(session, 15)).ok(CREATOR, new TickStreamCall.CloseWithWord(words.entry(session, 15)));
        assertEquals(0, chain.free(VIEWER));
        assertEquals(500, chain.accrued(VIEWER));
        assertEquals(List.of(new TickStreamEvent.Accrued(VIEWER, U128.of(500))),
                chain.events(TickStreamEvent.Accrued.class));
        chain.noop(OTHER, new TickStreamCall.PayAccrued(VIEWER), TickStreamError.CANNOT_BE_PAID);
        chain.noop(OTHER, new TickStreamCall.PayAccrued(CREATOR), TickStreamError.NOTHING_ACCRUED);
        chain.transfer(OTHER, VIEWER, EXISTENTIAL_DEPOSIT);
        chain.ok(OTHER, new TickStreamCall.PayAccrued(VIEWER));
        assertEquals(EXISTENTIAL_DEPOSIT + 500, chain.free(VIEWER));
        assertEquals(0, chain.entriesOf("Accrued"));
        assertEquals(new TickStreamEvent.AccruedPaid(VIEWER, U128.of(500)), chain.ext.events().getLast());
        assertEquals(EXISTENTIAL_DEPOSIT, chain.free(POT));
    }
}
