package io.vilokanam.offchain.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.vilokanam.offchain.tickchain.ChainUnavailableException;

/**
 * Those who follow sessions and streams. Followers of a session hear of each change at once, those of a stream by
 * {@link #tell}, which the shell calls each second. Followers must not block. While nobody follows, a word costs two look-ups
 * in empty maps.
 */
public final class Followers implements SessionObserver {

    /** How many sessions one progress of a stream lists. */
    public static final int CHANGES_MAX = 1_024;

    private final TickCollector collector;
    private final ConcurrentMap<Long, List<Consumer<Optional<KnownSession>>>> sessions = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, StreamTally> streams = new ConcurrentHashMap<>();

    public Followers(TickCollector collector) {
        this.collector = collector;
        collector.observe(this);
    }

    /**
     * Follows a session: tells where it stands now, then each change; empty when it is over.
     *
     * @return ends the following
     */
    public Runnable followSession(long id, Consumer<Optional<KnownSession>> follower) throws ChainUnavailableException {
        Consumer<Optional<KnownSession>> told = new Ordered(follower);
        sessions.compute(id, (_, list) -> {
            List<Consumer<Optional<KnownSession>>> all = list == null ? new CopyOnWriteArrayList<>() : list;
            all.add(told);
            return all;
        });
        Runnable end = () -> sessions.computeIfPresent(id, (_, list) -> {
            list.remove(told);
            return list.isEmpty() ? null : list;
        });
        try {
            told.accept(collector.look(id));
        } catch (ChainUnavailableException | CollectorFullException e) {
            end.run();
            throw new ChainUnavailableException(e.getMessage());
        }
        return end;
    }

    /** Follows a stream: tells the sums now, then what changed. Looks at all sessions once. */
    public Runnable followStream(long stream, Consumer<StreamProgress> follower) {
        StreamTally tally = streams.compute(stream, (_, known) -> {
            StreamTally held = known == null ? new StreamTally() : known;
            held.followers.add(follower);
            return held;
        });
        collector.select(pending -> pending.session().facts().stream() == stream)
                .forEach(pending -> tally.take(pending.session(), false));
        follower.accept(tally.sums());
        return () -> streams.computeIfPresent(stream, (_, held) -> {
            held.followers.remove(follower);
            return held.followers.isEmpty() ? null : held;
        });
    }

    @Override
    public boolean follows(long session, long stream) {
        return !sessions.isEmpty() && sessions.containsKey(session)
                || !streams.isEmpty() && streams.containsKey(stream);
    }

    @Override
    public void changed(KnownSession session) {
        Optional.ofNullable(sessions.get(session.id()))
                .ifPresent(list -> list.forEach(follower -> follower.accept(Optional.of(session))));
        Optional.ofNullable(streams.get(session.facts().stream())).ifPresent(tally -> tally.take(session, true));
    }

    @Override
    public void ended(long id) {
        Optional.ofNullable(sessions.get(id))
                .ifPresent(list -> list.forEach(follower -> follower.accept(Optional.empty())));
        streams.values().forEach(tally -> tally.end(id));
    }

    /** Tells followers of streams what is new. */
    public void tell() {
        for (Map.Entry<Long, StreamTally> entry : streams.entrySet()) {
            StreamTally tally = entry.getValue();
            tally.news().ifPresent(progress -> tally.followers.forEach(follower -> follower.accept(progress)));
        }
    }

    /** Asks the chain about the sessions that are followed: closings and ends may come without any word. */
    public void lookAtChain() throws ChainUnavailableException {
        for (long id : new ArrayList<>(sessions.keySet())) {
            collector.recheck(id);
        }
    }

    /** Lets no older news about a session pass behind newer ones, and nothing twice. */
    private static final class Ordered implements Consumer<Optional<KnownSession>> {

        private final Consumer<Optional<KnownSession>> follower;
        private Optional<KnownSession> last = Optional.empty();
        private boolean isOver;

        Ordered(Consumer<Optional<KnownSession>> follower) {
            this.follower = follower;
        }

        @Override
        public synchronized void accept(Optional<KnownSession> now) {
            if (isOver || now.isPresent() && last.isPresent() && !isNews(last.get(), now.get())) {
                return;
            }
            isOver = now.isEmpty();
            last = now;
            follower.accept(now);
        }

        private static boolean isNews(KnownSession before, KnownSession now) {
            boolean isOlder = now.ticks() < before.ticks()
                    || now.facts().settledTicks() < before.facts().settledTicks();
            return !isOlder && (now.ticks() != before.ticks() || !now.facts().equals(before.facts()));
        }
    }
}
