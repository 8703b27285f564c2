package io.vilokanam.offchain.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.offchain.collector.StreamProgress.Change;
import io.vilokanam.offchain.collector.StreamProgress.Status;
import io.vilokanam.offchain.model.ModelChain;
import io.vilokanam.offchain.model.Viewer;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.scale.U128;

final class FollowersTest {

    private static final long RATE = 10;
    private static final long STREAM = 4;

    private final ModelChain chain = new ModelChain();
    private final Viewer viewer = new Viewer(7, 1_000);
    private final Viewer other = new Viewer(8, 1_000);
    private final TickCollector collector = new TickCollector(chain, RowStore.NONE,
            () -> Instant.ofEpochMilli(ModelChain.START_MILLIS + 60_000), CollectorOptions.STANDARD);
    private final Followers followers = new Followers(collector);
    private final List<String> heard = new ArrayList<>();

    private void hear(Optional<KnownSession> session) {
        heard.add(session.map(known -> known.ticks() + "/" + known.facts().settledTicks()
                + (known.facts().isClosing() ? " closing" : "")).orElse("over"));
    }

    private Session open(long id, long stream, Viewer who) {
        Session session = who.session(stream, RATE, 0, 5_000, ModelChain.START_MILLIS, 43_200);
        chain.put(id, session);
        return session;
    }

    private static Session settled(Session session, Viewer who, int ticks) {
        U128 charged = U128.of(RATE * ticks);
        return new Session(session.terms(), who.word(ticks), ticks, charged, U128.ZERO, U128.of(5_000).minus(charged),
                session.status());
    }

    @Test
    void tellsWhereASessionStandsThenEachChangeThenItsEnd() throws Exception {
        Session session = open(1, STREAM, viewer);
        Runnable end = followers.followSession(1, this::hear);
        collector.submit(1, 3, viewer.word(3));
        collector.submit(1, 2, viewer.word(2));
        collector.submit(1, 9, viewer.word(9));
        chain.put(1, settled(session, viewer, 3).withStatus(new SessionStatus.Closing(50)));
        followers.lookAtChain();
        followers.lookAtChain();
        collector.submit(1, 10, viewer.word(10));
        collector.forget(1);
        collector.forget(1);
        assertEquals(List.of("0/0", "3/0", "9/0", "9/3 closing", "10/3 closing", "over"), heard);
        end.run();
    }

    @Test
    void aSessionThatIsNotThereIsOver() throws Exception {
        followers.followSession(9, this::hear);
        assertEquals(List.of("over"), heard);
    }

    @Test
    void whoEndsTheFollowingHearsNothingMore() throws Exception {
        open(1, STREAM, viewer);
        Runnable end = followers.followSession(1, this::hear);
        List<StreamProgress> progress = new ArrayList<>();
        Runnable endOfStream = followers.followStream(STREAM, progress::add);
        end.run();
        endOfStream.run();
        collector.submit(1, 3, viewer.word(3));
        followers.tell();
        assertEquals(List.of("0/0"), heard);
        assertEquals(1, progress.size());
    }

    @Test
    void tellsWhatAStreamEarnsOverAllItsSessions() throws Exception {
        Session session = open(1, STREAM, viewer);
        open(2, STREAM, other);
        open(3, 5, other);
        collector.submit(1, 3, viewer.word(3));
        List<StreamProgress> progress = new ArrayList<>();
        followers.followStream(STREAM, progress::add);
        collector.submit(1, 5, viewer.word(5));
        collector.submit(2, 2, other.word(2));
        collector.submit(3, 7, other.word(7));
        followers.tell();
        followers.tell();
        followers.tell();
        collector.refresh(1, settled(session, viewer, 4), 1);
        collector.forget(2);
        followers.tell();
        assertEquals(List.of(new StreamProgress(0, 3, 0, U128.of(30), U128.ZERO, List.of()),
                new StreamProgress(2, 7, 0, U128.of(70), U128.ZERO,
                        List.of(new Change(1, Status.OPEN, 5, 0), new Change(2, Status.OPEN, 2, 0))),
                new StreamProgress(0, 7, 0, U128.of(70), U128.ZERO, List.of()),
                new StreamProgress(0, 7, 4, U128.of(70), U128.of(40),
                        List.of(new Change(1, Status.OPEN, 5, 4), new Change(2, Status.OVER, 2, 0)))),
                progress);
    }

    @Test
    void listsManyChangesInSeveralProgresses() throws Exception {
        List<StreamProgress> progress = new ArrayList<>();
        followers.followStream(STREAM, progress::add);
        for (int id = 0; id < Followers.CHANGES_MAX + 5; id++) {
            open(id, STREAM, viewer);
            collector.submit(id, 1, viewer.word(1));
        }
        followers.tell();
        followers.tell();
        assertEquals(Followers.CHANGES_MAX + 5, progress.get(1).paying());
        assertEquals(Followers.CHANGES_MAX, progress.get(1).changed().size());
        assertEquals(5, progress.get(2).changed().size());
        assertTrue(progress.get(2).paid().equals(U128.of(RATE * (Followers.CHANGES_MAX + 5))));
    }
}
