package io.vilokanam.offchain.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import io.vilokanam.offchain.model.MapRows;
import io.vilokanam.offchain.model.ModelChain;
import io.vilokanam.offchain.model.Viewer;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.SeededTest;

final class TickCollectorTest {

    private static final long OPENED_AT = ModelChain.START_MILLIS;
    private static final long RATE = 10;

    private final ModelChain chain = new ModelChain();
    private final MapRows store = new MapRows();
    private final Viewer viewer = new Viewer(7, 10_000);
    private long now = OPENED_AT + 60_000;
    private TickCollector collector = collector(CollectorOptions.STANDARD);

    private TickCollector collector(CollectorOptions options) {
        return new TickCollector(chain, store, () -> Instant.ofEpochMilli(now), options);
    }

    private void open(long id, Viewer who, long deposit) {
        chain.put(id, who.session(0, RATE, 0, deposit, OPENED_AT, 43_200));
    }

    private Submission submit(int ticks) throws Exception {
        return collector.submit(1, ticks, viewer.word(ticks));
    }

    @Test
    void acceptsTheNextWordAndTellsWhatIsPaidSettledAndLeft() throws Exception {
        open(1, viewer, 1_005);
        assertEquals(new Submission(Verdict.ACCEPTED, 1, 0, 99, U128.of(995)), submit(1));
        assertEquals(new Submission(Verdict.ACCEPTED, 20, 0, 80, U128.of(805)), submit(20));
    }

    @Test
    void freeTicksCostNothing() throws Exception {
        chain.put(1, viewer.session(0, RATE, 5, 100, OPENED_AT, 43_200));
        assertEquals(new Submission(Verdict.ACCEPTED, 5, 0, 10, U128.of(100)), submit(5));
        assertEquals(new Submission(Verdict.ACCEPTED, 15, 0, 0, U128.ZERO), submit(15));
        assertEquals(Verdict.EXHAUSTED, submit(16).verdict());
    }

    @Test
    void refusesOldWordsAsStale() throws Exception {
        open(1, viewer, 1_000);
        submit(10);
        assertEquals(new Submission(Verdict.STALE, 10, 0, 90, U128.of(900)), submit(10));
        assertEquals(Verdict.STALE, submit(3).verdict());
        assertEquals(Verdict.STALE, collector.submit(1, 0, viewer.word(0)).verdict());
    }

    @Test
    void refusesAWordOfAnotherChainAndKeepsTheOldOne() throws Exception {
        open(1, viewer, 1_000);
        submit(10);
        Submission answer = collector.submit(1, 11, new Viewer(8, 10_000).word(11));
        assertEquals(new Submission(Verdict.MISMATCH, 10, 0, 90, U128.of(900)), answer);
        assertEquals(Verdict.MISMATCH, collector.submit(1, 12, viewer.word(11)).verdict());
        assertEquals(Verdict.ACCEPTED, submit(11).verdict());
    }

    @Test
    void refusesWordsThatAreAheadOfTime() throws Exception {
        open(1, viewer, 100_000);
        assertEquals(Verdict.AHEAD, submit(91).verdict());
        assertEquals(Verdict.ACCEPTED, submit(90).verdict());
        now += 1_000;
        assertEquals(Verdict.ACCEPTED, submit(91).verdict());
    }

    @Test
    void refusesGapsThatCostTooManyHashes() throws Exception {
        open(1, viewer, 1_000_000);
        now = OPENED_AT + 9_000_000;
        assertEquals(new Submission(Verdict.AHEAD, 0, 0, 10_000, U128.of(1_000_000)), submit(4_097));
        assertEquals(Verdict.ACCEPTED, submit(4_096).verdict());
        assertEquals(Verdict.ACCEPTED, submit(8_192).verdict());
    }

    @Test
    void acceptsOnlyWhatTheEscrowCoversUntilItIsToppedUp() throws Exception {
        open(1, viewer, 205);
        assertEquals(Verdict.ACCEPTED, submit(20).verdict());
        assertEquals(new Submission(Verdict.EXHAUSTED, 20, 0, 0, U128.of(5)), submit(21));
        open(1, viewer, 305);
        assertEquals(Verdict.EXHAUSTED, submit(21).verdict(), "the chain is asked once a block");
        collector.onBestBlock(1, ModelChain.LIMITS);
        assertEquals(new Submission(Verdict.ACCEPTED, 21, 0, 9, U128.of(95)), submit(21));
    }

    @Test
    void acceptsOnlyAsManyTicksAsTheHashChainHas() throws Exception {
        Viewer brief = new Viewer(9, 12);
        open(1, brief, 100_000);
        assertEquals(new Submission(Verdict.ACCEPTED, 12, 0, 0, U128.of(99_880)),
                collector.submit(1, 12, brief.word(12)));
        assertEquals(Verdict.EXHAUSTED, collector.submit(1, 13, brief.word(12)).verdict());
    }

    @Test
    void doesNotKnowASessionThatIsNotThere() throws Exception {
        assertEquals(Submission.UNKNOWN, submit(1));
        assertEquals(Submission.UNKNOWN, collector.release(1, viewer.closeSecret()));
    }

    @Test
    void keepsNewWordsOfAClosingSessionButSaysSo() throws Exception {
        open(1, viewer, 1_000);
        submit(10);
        closing(1);
        collector.refresh(1, chain.find(1).orElseThrow(), 1);
        assertEquals(Verdict.CLOSING, submit(11).verdict());
        assertEquals(11, collector.find(1).orElseThrow().ticks());
        assertEquals(Verdict.STALE, submit(11).verdict());
    }

    private void closing(long id) {
        chain.put(id, chain.find(id).orElseThrow().withStatus(new SessionStatus.Closing(40)));
    }

    @Test
    void takesTheCloseSecretOfTheSessionOnly() throws Exception {
        open(1, viewer, 1_000);
        assertEquals(Verdict.MISMATCH, collector.release(1, new Viewer(8, 1).closeSecret()).verdict());
        assertTrue(collector.select(Pending::hasNews).isEmpty());
        assertEquals(Verdict.ACCEPTED, collector.release(1, viewer.closeSecret()).verdict());
        assertEquals(Optional.of(viewer.closeSecret()), collector.select(Pending::hasNews).getFirst().closeSecret());
        closing(1);
        assertEquals(Verdict.CLOSING, collector.release(1, viewer.closeSecret()).verdict());
        collector.refresh(1, chain.find(1).orElseThrow(), 1);
        assertTrue(collector.select(Pending::hasNews).isEmpty(), "the chain knows it now");
    }

    @Test
    void goesOnAfterARestartFromWhatWasWritten() throws Exception {
        open(1, viewer, 1_000);
        open(2, new Viewer(2, 100), 1_000);
        submit(10);
        collector.release(1, viewer.closeSecret());
        collector.submit(2, 5, new Viewer(2, 100).word(5));
        collector.flush();
        collector.forget(2);
        collector.flush();
        submit(11);

        collector = collector(CollectorOptions.STANDARD);
        assertEquals(0, collector.restore());
        assertEquals(10, collector.find(1).orElseThrow().ticks(), "word 11 came after the last write");
        assertTrue(collector.find(2).isEmpty());
        assertEquals(Optional.of(viewer.closeSecret()), collector.select(Pending::hasNews).getFirst().closeSecret());
        assertEquals(Verdict.ACCEPTED, submit(12).verdict());
    }

    @Test
    void leavesOutStoredEntriesThatItCannotRead() {
        store.put(12_345_678, Bytes.ascii("?").toArray());
        assertEquals(1, collector.restore());
    }

    @Test
    void takesTheWordOfTheChainWhereItIsNewer() throws Exception {
        open(1, viewer, 1_000);
        submit(10);
        Session settled = settledTo(30);
        chain.put(1, settled);
        collector.refresh(1, settled, 1);
        assertEquals(new Submission(Verdict.ACCEPTED, 31, 30, 69, U128.of(690)), submit(31));
    }

    private Session settledTo(int ticks) {
        Session session = chain.find(1).orElseThrow();
        U128 gross = session.terms().grossOf(ticks);
        return new Session(session.terms(), viewer.word(ticks), ticks, gross, U128.ZERO, session.escrow().minus(gross),
                session.status());
    }

    @Test
    void keepsItsWordWhenAForkTakesASettlementBack() throws Exception {
        open(1, viewer, 1_000);
        Session before = chain.find(1).orElseThrow();
        submit(30);
        collector.refresh(1, settledTo(30), 1);
        assertTrue(collector.select(Pending::hasNews).isEmpty());
        collector.refresh(1, before, 1);
        KnownSession known = collector.select(Pending::hasNews).getFirst().session();
        assertEquals(30, known.ticks());
        assertEquals(0, known.facts().settledTicks());
    }

    @Test
    void beginsAnewWhereAForkGaveTheIdToAnotherSession() throws Exception {
        open(1, viewer, 1_000);
        submit(30);
        Viewer other = new Viewer(99, 500);
        open(1, other, 1_000);
        collector.onBestBlock(2, ModelChain.LIMITS);
        assertEquals(Verdict.STALE, collector.submit(1, 5, other.word(5)).verdict(),
                "nothing is hashed for fewer ticks");
        collector.refresh(1, chain.find(1).orElseThrow(), 2);
        assertEquals(Verdict.ACCEPTED, collector.submit(1, 5, other.word(5)).verdict());
    }

    @Test
    void givesWaySettledSessionsOnlyAndSaysWhenItIsFull() throws Exception {
        collector = collector(new CollectorOptions(64, 4_096));
        List<Long> sameStripe = new ArrayList<>();
        for (long id = 0; sameStripe.size() < 3; id++) {
            if (SessionTable.spread(id) >>> 58 == SessionTable.spread(1) >>> 58) {
                sameStripe.add(id);
            }
        }
        for (long id : sameStripe) {
            open(id, new Viewer(id, 100), 1_000);
        }
        collector.submit(sameStripe.get(0), 0, new Viewer(sameStripe.get(0), 100).word(0));
        assertTrue(collector.find(sameStripe.get(0)).isPresent());
        collector.submit(sameStripe.get(1), 1, new Viewer(sameStripe.get(1), 100).word(1));
        assertTrue(collector.find(sameStripe.get(0)).isEmpty(), "nothing unsettled, so it gave way");
        assertThrows(CollectorFullException.class,
                () -> collector.submit(sameStripe.get(2), 1, new Viewer(sameStripe.get(2), 100).word(1)));
        assertEquals(1, collector.find(sameStripe.get(1)).orElseThrow().ticks());
    }

    @SeededTest(runs = 20)
    void theNewestWordWinsInWhateverOrderThreadsBringThem(long seed) throws Exception {
        int sessions = 4;
        int words = 60;
        List<Callable<Submission>> calls = new ArrayList<>();
        for (int s = 0; s < sessions; s++) {
            Viewer who = new Viewer(seed * 10 + s, 100);
            open(s, who, 10_000);
            long id = s;
            for (int ticks = 1; ticks <= words; ticks++) {
                int number = ticks;
                calls.add(() -> collector.submit(id, number, who.word(number)));
            }
        }
        Collections.shuffle(calls, new Random(seed));
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Submission> answer : threads.invokeAll(calls)) {
                Verdict verdict = answer.get().verdict();
                assertTrue(verdict == Verdict.ACCEPTED || verdict == Verdict.STALE, verdict.toString());
            }
        }
        for (long s = 0; s < sessions; s++) {
            assertEquals(words, collector.find(s).orElseThrow().ticks());
        }
    }
}
