package io.vilokanam.offchain.settler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.offchain.collector.KnownSession;
import io.vilokanam.offchain.collector.Pending;
import io.vilokanam.offchain.collector.SessionFacts;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.scale.Bytes;

/**
 * Decides what the next batch settles. Equal inputs give equal batches: no clock, no chain, no state of its own.
 *
 * <p>A session is settled to its newest word, or to an earlier one that is derived from it by hashing where one entry cannot
 * reach so far: more than 4,096 ticks behind, more than the escrow covers, or ahead of time.
 */
final class SettlementPlanner {

    /** How far the next block's time may lie behind this machine's. */
    private static final long CLOCK_MARGIN_MILLIS = 6_000;

    /** How many hashes may be spent on deriving earlier words for one batch: about half a second. */
    private static final long DERIVED_HASHES_MAX = 1 << 22;

    private final SettlementPolicy policy;

    SettlementPlanner(SettlementPolicy policy) {
        this.policy = policy;
    }

    /** Why a session is due; earlier constants go first. */
    private enum Urgency {
        CLOSING, EXPIRING, LARGE, INTERVAL
    }

    private record Candidate(Pending pending, Urgency urgency) {

        KnownSession session() {
            return pending.session();
        }
    }

    private static final Comparator<Candidate> BY_URGENCY = Comparator.comparing(Candidate::urgency)
            .thenComparing(candidate -> candidate.session().settledAt())
            .thenComparing(candidate -> candidate.session().id(), Long::compareUnsigned);

    private static final Comparator<Planned> BY_STREAM = Comparator.comparing(Planned::stream, Long::compareUnsigned)
            .thenComparing(planned -> planned.entry().session(), Long::compareUnsigned);

    private record Planned(long stream, Entry entry) {}

    /** The sessions that are due behind a block, the most urgent first, not more than a batch holds. */
    public List<Pending> due(long number, Settings settings, List<Pending> pending) {
        return due(number, settings, pending, settings.entriesMax(), Turn.ALONE);
    }

    /** The same, at most {@code max}, of those whose turn it is. */
    List<Pending> due(long number, Settings settings, List<Pending> pending, long max, Turn turn) {
        List<Candidate> candidates = new ArrayList<>();
        for (Pending one : pending) {
            urgency(number, settings, one, turn).ifPresent(urgency -> candidates.add(new Candidate(one, urgency)));
        }
        candidates.sort(BY_URGENCY);
        return candidates.stream().limit(max).map(Candidate::pending).toList();
    }

    /** Whether a session that is neither closing nor worth much has waited long enough. */
    boolean hasWaited(long number, long session, long sentAt, Turn turn) {
        return number - sentAt >= turn.interval(session, policy.intervalBlocks()) || sentAt > number;
    }

    long intervalBlocks() {
        return policy.intervalBlocks();
    }

    private Optional<Urgency> urgency(long number, Settings settings, Pending pending, Turn turn) {
        KnownSession session = pending.session();
        SessionFacts facts = session.facts();
        boolean endsNow = facts.isClosing() && facts.until() <= number + 1;
        if (!pending.hasNews() || endsNow) {
            return Optional.empty();
        }
        if (facts.isClosing()) {
            long since = number - (facts.until() - settings.limits().challengeBlocks());
            return since < turn.closingDelay(session.id()) ? Optional.empty() : Optional.of(Urgency.CLOSING);
        }
        if (pending.closeSecret().isPresent()) {
            return Optional.of(Urgency.CLOSING);
        }
        if (facts.until() - number <= settings.limits().challengeBlocks()) {
            return Optional.of(Urgency.EXPIRING);
        }
        var unsettled = facts.grossOf(session.ticks()).saturatingMinus(facts.grossOf(facts.settledTicks()));
        if (unsettled.isAtLeast(policy.largeValue())) {
            return Optional.of(Urgency.LARGE);
        }
        return hasWaited(number, session.id(), session.settledAt(), turn) ? Optional.of(Urgency.INTERVAL)
                : Optional.empty();
    }

    /**
     * Fills a batch with the entries of sessions that are due, as many as fit, sorted by stream.
     *
     * @param payees how many payees the streams have that exist
     * @param left what the batch may weigh
     * @return empty where there is nothing to settle
     */
    Optional<Batch> fill(PlanContext context, List<Pending> due, Map<Long, Integer> payees, BatchBudget left) {
        Filling filling = new Filling(context, payees, left);
        due.forEach(filling::offer);
        return filling.batch();
    }

    /** A batch in the making. */
    private final class Filling {

        private final PlanContext context;
        private final Settings settings;
        private final Map<Long, Integer> payees;
        private final BatchBudget left;
        private final List<Planned> planned = new ArrayList<>();
        private final Set<Long> streams = new HashSet<>();
        private long hashes;
        private long payments;
        private long closes;
        private long derivedHashes;

        Filling(PlanContext context, Map<Long, Integer> payees, BatchBudget left) {
            this.context = context;
            this.left = left;
            this.settings = context.settings();
            this.payees = payees;
        }

        void offer(Pending pending) {
            KnownSession session = pending.session();
            SessionFacts facts = session.facts();
            Integer payeesOfStream = payees.get(facts.stream());
            if (payeesOfStream == null) {
                return;
            }
            long target = Math.max(target(session), facts.settledTicks());
            long step = target - facts.settledTicks();
            if (step == 0 && pending.closeSecret().isEmpty()) {
                return;
            }
            long derive = session.ticks() - target;
            long newPayments = streams.contains(facts.stream()) ? 0 : payeesOfStream;
            long newCloses = pending.closeSecret().isPresent() ? 1 : 0;
            if (!fits(step, newPayments, newCloses)
                    || derivedHashes + derive > DERIVED_HASHES_MAX) {
                return;
            }
            hashes += step;
            payments += newPayments;
            closes += newCloses;
            derivedHashes += derive;
            streams.add(facts.stream());
            planned.add(new Planned(facts.stream(),
                    new Entry(session.id(), target, wordAt(session, derive), pending.closeSecret())));
        }

        /** The most ticks that one entry can settle now. */
        private long target(KnownSession session) {
            SessionFacts facts = session.facts();
            Settings.Limits limits = settings.limits();
            long possible = facts.ticksPossible(context.nowMillis() - CLOCK_MARGIN_MILLIS, limits.tickMillis(),
                    limits.leadMax());
            long reach = Math.min(facts.settledTicks() + limits.stepMax(), settings.hashesMax() + facts.settledTicks());
            return Math.min(Math.min(session.ticks(), facts.payableTicks()), Math.min(possible, reach));
        }

        private boolean fits(long step, long newPayments, long newCloses) {
            return planned.size() < settings.entriesMax() && hashes + step <= settings.hashesMax()
                    && payments + newPayments <= settings.paymentsMax() && closes + newCloses <= Batch.CLOSES_MAX
                    && left.weightOf(planned.size() + 1, hashes + step, payments + newPayments,
                            closes + newCloses) <= left.total();
        }

        Optional<Batch> batch() {
            if (planned.isEmpty()) {
                return Optional.empty();
            }
            planned.sort(BY_STREAM);
            long validUntil = context.number() + Math.min(policy.validBlocks(), settings.validityMax());
            return Optional.of(new Batch(context.key(), context.nonce(), validUntil, hashes, payments,
                    planned.stream().map(Planned::entry).toList()));
        }
    }

    private static Bytes wordAt(KnownSession session, long below) {
        return below == 0 ? session.word()
                : Bytes.wrap(Sha2.chain(session.facts().salt().view(), session.word().view(), (int) below));
    }
}
