package io.vilokanam.offchain.settler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.vilokanam.offchain.collector.KnownSession;
import io.vilokanam.offchain.collector.Pending;
import io.vilokanam.offchain.collector.SessionFacts;
import io.vilokanam.offchain.model.ModelChain;
import io.vilokanam.offchain.model.Viewer;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.SeededTest;

final class SettlementPlannerTest {

    private static final long OPENED_AT = ModelChain.START_MILLIS;
    private static final long RATE = 10;
    private static final long NUMBER = 1_000;
    private static final SettlementPolicy POLICY = new SettlementPolicy(100, U128.of(5_000), 6);

    private final SettlementPlanner planner = new SettlementPlanner(POLICY);
    /** Tenths of microseconds here. */
    private BatchBudget budget = new BatchBudget(9_000, 1_300, 1, 2_900, 1_000, 3_750_000);
    private Settings settings = settings(2_048, 262_144, 2_048);
    private long now = OPENED_AT + 100_000_000;

    private static Settings settings(long entries, long hashes, long payments) {
        return new Settings(AccountId.ZERO, new Permill(100_000), U128.ONE, 86_400, entries, hashes, payments, 8,
                ModelChain.LIMITS);
    }

    private static Viewer viewer(long id) {
        return new Viewer(id, 20_000);
    }

    private static Session session(long id, long stream, long deposit) {
        return viewer(id).session(stream, RATE, 0, deposit, OPENED_AT, 43_200);
    }

    private static Pending pending(long id, Session session, int ticks, long settledAt) {
        return new Pending(new KnownSession(id, SessionFacts.of(session), ticks, viewer(id).word(ticks), NUMBER, NUMBER,
                settledAt), Optional.empty());
    }

    private static Pending pending(long id, long stream, int ticks, long settledAt) {
        return pending(id, session(id, stream, 1_000_000), ticks, settledAt);
    }

    private List<Long> due(Pending... pending) {
        return planner.due(NUMBER, settings, List.of(pending)).stream().map(one -> one.session().id()).toList();
    }

    private Optional<Batch> fill(List<Pending> due) {
        PlanContext context = new PlanContext(NUMBER, now, settings, ModelChain.KEY, 7);
        return planner.fill(context, due, Map.of(0L, 1, 1L, 1, 2L, 8), budget);
    }

    private List<Entry> entries(Pending... due) {
        return fill(List.of(due)).map(Batch::entries).orElse(List.of());
    }

    @Test
    void waitsForTheInterval() {
        assertEquals(List.of(), due(pending(1, 0, 10, NUMBER - 99)));
        assertEquals(List.of(1L), due(pending(1, 0, 10, NUMBER - 100)));
        assertEquals(List.of(), due(pending(1, 0, 0, 0)), "nothing new");
        assertEquals(List.of(1L), due(pending(1, 0, 10, NUMBER + 50)),
                "the chain went back behind the last settlement");
    }

    @Test
    void doesNotLetLargeAmountsWait() {
        assertEquals(List.of(), due(pending(1, 0, 499, NUMBER - 1)));
        assertEquals(List.of(1L), due(pending(1, 0, 500, NUMBER - 1)));
    }

    @Test
    void putsWhatClosesFirstThenWhatExpiresThenTheRestByItsWaiting() {
        Session open = session(1, 0, 100_000);
        Pending expiring = pending(1, open.withStatus(new SessionStatus.Open(NUMBER + 30)), 5, NUMBER - 1);
        Pending closing = pending(2, session(2, 0, 100_000).withStatus(new SessionStatus.Closing(NUMBER + 2)), 5,
                NUMBER - 1);
        Pending released = new Pending(pending(3, 0, 0, NUMBER).session(), Optional.of(viewer(3).closeSecret()));
        Pending tooLate = pending(4, session(4, 0, 100_000).withStatus(new SessionStatus.Closing(NUMBER + 1)), 5, 0);
        assertEquals(List.of(2L, 3L, 1L, 6L, 5L),
                due(pending(5, 0, 5, 700), tooLate, expiring, pending(6, 0, 5, 600), released, closing));
    }

    @Test
    void settlesToTheNewestWord() {
        assertEquals(List.of(new Entry(1, 10, viewer(1).word(10), Optional.empty())), entries(pending(1, 0, 10, 0)));
        Batch batch = fill(List.of(pending(1, 0, 10, 0), pending(2, 2, 20, 0))).orElseThrow();
        assertEquals(30, batch.hashes());
        assertEquals(9, batch.payments());
        assertEquals(7, batch.nonce());
        assertEquals(NUMBER + 6, batch.validUntil());
    }

    @Test
    void derivesAnEarlierWordWhereOneEntryCannotReachSoFar() {
        assertEquals(List.of(new Entry(1, 4_096, viewer(1).word(4_096), Optional.empty())),
                entries(pending(1, 0, 9_000, 0)));
        Session settled = session(1, 0, 1_000_000);
        settled = new Session(settled.terms(), viewer(1).word(4_096), 4_096, U128.of(40_960), U128.ZERO,
                U128.of(959_040), settled.status());
        assertEquals(List.of(new Entry(1, 8_192, viewer(1).word(8_192), Optional.empty())),
                entries(pending(1, settled, 9_000, 0)));
    }

    @Test
    void derivesAnEarlierWordWhereTheEscrowCoversLess() {
        assertEquals(List.of(new Entry(1, 50, viewer(1).word(50), Optional.empty())),
                entries(pending(1, session(1, 0, 509), 60, 0)));
    }

    @Test
    void derivesAnEarlierWordWhereTheChainsClockMayBeBehind() {
        now = OPENED_AT + 60_000;
        assertEquals(List.of(new Entry(1, 84, viewer(1).word(84), Optional.empty())), entries(pending(1, 0, 90, 0)));
    }

    @Test
    void sendsACloseSecretEvenWithNothingNew() {
        Pending released = new Pending(pending(1, 0, 0, 0).session(), Optional.of(viewer(1).closeSecret()));
        assertEquals(List.of(new Entry(1, 0, viewer(1).word(0), Optional.of(viewer(1).closeSecret()))),
                entries(released));
    }

    @Test
    void leavesOutSessionsOfStreamsThatAreNotThere() {
        assertTrue(fill(List.of(pending(1, 77, 10, 0))).isEmpty());
    }

    @Test
    void sortsEntriesByStream() {
        assertEquals(List.of(2L, 3L, 1L),
                entries(pending(3, 0, 1, 0), pending(1, 1, 1, 0), pending(2, 0, 1, 0)).stream()
                        .map(Entry::session).toList());
    }

    @Test
    void staysWithinTheCapsOfABatch() {
        settings = settings(2, 262_144, 2_048);
        assertEquals(List.of(1L, 2L), due(pending(1, 0, 5, 0), pending(2, 0, 5, 0), pending(3, 0, 5, 0)));
        assertEquals(2, entries(pending(1, 0, 5, 0), pending(2, 0, 5, 0), pending(3, 0, 5, 0)).size());
        settings = settings(2_048, 10, 2_048);
        assertEquals(List.of(1L, 3L), entries(pending(1, 0, 5, 0), pending(2, 0, 6, 0), pending(3, 0, 5, 0)).stream()
                .map(Entry::session).toList());
        settings = settings(2_048, 262_144, 8);
        assertEquals(List.of(1L, 3L), entries(pending(1, 0, 5, 0), pending(2, 2, 6, 0), pending(3, 1, 5, 0)).stream()
                .map(Entry::session).toList());
    }

    @Test
    void staysWithinHalfOfABlocksWeight() {
        budget = new BatchBudget(10, 3, 1, 2, 4, 40);
        List<Pending> due = LongStream.range(0, 20).mapToObj(id -> pending(id, 0, 2, 0)).toList();
        assertEquals(5, fill(due).orElseThrow().entries().size(), "10 + 2 + 5 * (3 + 2) = 37, one more would be 42");
        List<Pending> closing = due.stream()
                .map(one -> new Pending(one.session(), Optional.of(one.session().word()))).toList();
        assertEquals(3, fill(closing).orElseThrow().entries().size(), "10 + 2 + 3 * (3 + 2 + 4) = 39");
    }

    @SeededTest(runs = 50)
    void equalSessionsInAnyOrderGiveTheSameBatch(long seed) {
        Random random = new Random(seed);
        settings = settings(1 + random.nextInt(30), 1 + random.nextInt(2_000), 1 + random.nextInt(12));
        List<Pending> pending = new ArrayList<>();
        for (long id = 0; id < 40; id++) {
            pending.add(pending(id, random.nextInt(3), random.nextInt(200), random.nextInt(1_000)));
        }
        Optional<Batch> expected = fill(planner.due(NUMBER, settings, pending));
        Collections.shuffle(pending, random);
        assertEquals(expected, fill(planner.due(NUMBER, settings, pending)));
        expected.ifPresent(batch -> {
            assertTrue(batch.entries().size() <= settings.entriesMax());
            assertTrue(batch.hashes() <= settings.hashesMax());
            assertTrue(batch.payments() <= settings.paymentsMax());
            assertEquals(batch.hashes(), batch.entries().stream().mapToLong(Entry::ticks).sum());
        });
    }
}
