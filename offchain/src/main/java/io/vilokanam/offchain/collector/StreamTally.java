package io.vilokanam.offchain.collector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.vilokanam.offchain.collector.StreamProgress.Change;
import io.vilokanam.offchain.collector.StreamProgress.Status;
import io.vilokanam.scale.U128;

/** The sums of one stream that somebody follows. */
final class StreamTally {

    final List<Consumer<StreamProgress>> followers = new CopyOnWriteArrayList<>();
    private final Map<Long, KnownSession> latest = new HashMap<>();
    private final Map<Long, Change> changes = new LinkedHashMap<>();
    private final Set<Long> paying = new HashSet<>();
    private long paidTicks;
    private long settledTicks;
    private U128 paid = U128.ZERO;
    private U128 settled = U128.ZERO;
    private boolean hasNews;

    /** Takes a session in; later news about it may have come before. {@code isNew}: whether it happened just now. */
    synchronized void take(KnownSession session, boolean isNew) {
        Optional<KnownSession> before = Optional.ofNullable(latest.get(session.id()));
        long ticksBefore = before.map(KnownSession::ticks).orElse(0L);
        long settledBefore = before.map(known -> known.facts().settledTicks()).orElse(0L);
        boolean wasClosing = before.map(known -> known.facts().isClosing()).orElse(false);
        boolean isOlder = session.ticks() < ticksBefore || session.facts().settledTicks() < settledBefore;
        boolean isSame = before.isPresent() && session.ticks() == ticksBefore
                && session.facts().settledTicks() == settledBefore
                && session.facts().isClosing() == wasClosing;
        if (isOlder || isSame) {
            return;
        }
        SessionFacts facts = session.facts();
        paidTicks += session.ticks() - ticksBefore;
        settledTicks += facts.settledTicks() - settledBefore;
        paid = paid.plus(facts.grossOf(session.ticks())).minus(facts.grossOf(ticksBefore));
        settled = settled.plus(facts.grossOf(facts.settledTicks())).minus(facts.grossOf(settledBefore));
        latest.put(session.id(), session);
        if (isNew) {
            if (session.ticks() > ticksBefore) {
                paying.add(session.id());
            }
            changes.put(session.id(), new Change(session.id(), facts.isClosing() ? Status.CLOSING : Status.OPEN,
                    session.ticks(), facts.settledTicks()));
        }
        hasNews = true;
    }

    /** The session is over; what it paid stays in the sums. */
    synchronized void end(long id) {
        KnownSession known = latest.remove(id);
        if (known != null) {
            changes.put(id, new Change(id, Status.OVER, known.ticks(), known.facts().settledTicks()));
            hasNews = true;
        }
    }

    /** The sums as they are, without changes. */
    synchronized StreamProgress sums() {
        return new StreamProgress(0, paidTicks, settledTicks, paid, settled, List.of());
    }

    /** What is new since the last call, if anything. */
    synchronized Optional<StreamProgress> news() {
        if (!hasNews && paying.isEmpty()) {
            return Optional.empty();
        }
        List<Change> told = new ArrayList<>();
        Iterator<Change> waiting = changes.values().iterator();
        while (waiting.hasNext() && told.size() < Followers.CHANGES_MAX) {
            told.add(waiting.next());
            waiting.remove();
        }
        // One more progress follows those in which somebody paid: it says that nobody does any more.
        hasNews = !changes.isEmpty() || !paying.isEmpty();
        StreamProgress progress = new StreamProgress(paying.size(), paidTicks, settledTicks, paid, settled,
                List.copyOf(told));
        paying.clear();
        return Optional.of(progress);
    }
}
