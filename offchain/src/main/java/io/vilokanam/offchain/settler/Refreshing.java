package io.vilokanam.offchain.settler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.offchain.collector.KnownSession;
import io.vilokanam.offchain.collector.Pending;
import io.vilokanam.offchain.collector.Sweep;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.offchain.tickchain.TickChain;
import io.vilokanam.offchain.worker.BestBlock;
import io.vilokanam.offchain.worker.FinalisedBlock;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.tickstream.Session;

/**
 * Keeps what the collector knows of the chain up to date. Where blocks tell which sessions they changed, these are read, and all
 * others slowly, one after the other, should something have been missed. Where they do not, all are read as often as that can be.
 */
final class Refreshing {

    /** How many sessions are read a block where blocks do not tell. */
    private static final int SESSIONS_MAX = 16 * TickChain.SESSIONS_MAX;

    /** How many are looked at a block, to be read now and then, where blocks tell. */
    private static final int SLOWLY = 1_024;

    /** After how many blocks a session without news is read again, so that it is noticed when it is over. */
    private static final long IDLE_BLOCKS = 150;

    /** So many blocks after a batch was sent, what is newly settled may be of it. */
    private static final long OWN_BLOCKS = 8;

    /** The block worked at last, and how far finality was then. */
    private record Seen(Hash block, long finalised) {}

    private final TickCollector collector;
    private final TickChain chain;
    private final SessionChanges changes;
    private final SettlerCounts counts;
    private final Sweep sweep;
    private Optional<Seen> seen = Optional.empty();
    /** The first block since which blocks told what they changed, without a gap. */
    private long knownSince;
    /** So many sessions may have changed before that without being read since. */
    private long uncertain;

    Refreshing(TickCollector collector, TickChain chain, SessionChanges changes, SettlerCounts counts) {
        this.collector = collector;
        this.chain = chain;
        this.changes = changes;
        this.counts = counts;
        this.sweep = collector.sweep();
    }

    /** Brings in what the block changed. */
    void follow(BestBlock block, FinalisedBlock finalised) throws ChainUnavailableException {
        changes.prepare(block.hash());
        Optional<Set<Long>> changed = seen
                .flatMap(before -> ChangedSessions.between(changes, before.block(), block.hash()));
        if (changed.isPresent()) {
            read(block, finalised, known(changed.get()));
            read(block, finalised, others(block.number()));
        } else {
            long certain = readForCertain(block);
            knownSince = block.number();
            uncertain = collector.size() - SESSIONS_MAX;
            read(block, finalised, sweep.next(SESSIONS_MAX, SESSIONS_MAX, isStaleOrNew(block.number(), certain)));
        }
        seen = Optional.of(new Seen(block.hash(), finalised.number()));
    }

    /** Those that were not read since blocks tell, as fast as that can be; then now and then one of all. */
    private List<Pending> others(long number) {
        if (uncertain <= 0) {
            return sweep.next(SLOWLY, SLOWLY, isStale(number, Long.MAX_VALUE));
        }
        uncertain -= SESSIONS_MAX;
        long since = knownSince;
        return sweep.next(SESSIONS_MAX, SESSIONS_MAX, (_, _, _, _, refreshedAt, _) -> refreshedAt < since);
    }

    private List<Pending> known(Set<Long> ids) {
        List<Pending> known = new ArrayList<>();
        ids.forEach(id -> collector.find(id).ifPresent(session -> known.add(new Pending(session, Optional.empty()))));
        return known;
    }

    /**
     * The last block number whose readings still hold. Where a block does not follow the one before, readings since the last
     * finalised block may be of a fork that lost: a settlement that was seen may not have happened.
     */
    private long readForCertain(BestBlock block) {
        if (seen.isEmpty()) {
            return -1;
        }
        return seen.get().block().equals(block.header().parentHash()) ? Long.MAX_VALUE : seen.get().finalised();
    }

    private static Sweep.RowTest isStale(long number, long certain) {
        return (_, _, _, _, refreshedAt, _) -> refreshedAt > certain || Math.abs(number - refreshedAt) >= IDLE_BLOCKS;
    }

    private static Sweep.RowTest isStaleOrNew(long number, long certain) {
        Sweep.RowTest isStale = isStale(number, certain);
        return (session, ticks, settledTicks, sentAt, refreshedAt,
                until) -> ticks > settledTicks && refreshedAt != number
                        || isStale.test(session, ticks, settledTicks, sentAt, refreshedAt, until);
    }

    /** Reads what the chain says of these sessions at the block. */
    void read(BestBlock block, FinalisedBlock finalised, List<Pending> sessions) throws ChainUnavailableException {
        List<Pending> missing = new ArrayList<>();
        counts.asked.add(sessions.size());
        for (int from = 0; from < sessions.size(); from += TickChain.SESSIONS_MAX) {
            List<Pending> some = sessions.subList(from, Math.min(from + TickChain.SESSIONS_MAX, sessions.size()));
            List<Optional<Session>> found = chain.sessions(block.hash(), ids(some));
            for (int i = 0; i < some.size(); i++) {
                if (found.get(i).isPresent()) {
                    noteForeign(block.number(), some.get(i).session(), found.get(i).get());
                    collector.refresh(some.get(i).session().id(), found.get(i).get(), block.number());
                } else {
                    missing.add(some.get(i));
                }
            }
        }
        forgetWhatIsOver(finalised, missing);
    }

    private void noteForeign(long number, KnownSession known, Session now) {
        boolean isSettled = now.settledTicks() > known.facts().settledTicks();
        if (isSettled && number - known.settledAt() > OWN_BLOCKS) {
            counts.foreign.increment();
        }
    }

    /** A session that was there when it was last read, and that a finalised block of that time or later lacks, is over. */
    private void forgetWhatIsOver(FinalisedBlock finalised, List<Pending> missing) throws ChainUnavailableException {
        List<Pending> old = missing.stream().filter(one -> one.session().refreshedAt() <= finalised.number())
                .limit(TickChain.SESSIONS_MAX).toList();
        if (old.isEmpty()) {
            return;
        }
        List<Optional<Session>> found = chain.sessions(finalised.hash(), ids(old));
        for (int i = 0; i < old.size(); i++) {
            if (found.get(i).isEmpty()) {
                collector.forget(old.get(i).session().id());
            }
        }
    }

    private static List<Long> ids(List<Pending> some) {
        return some.stream().map(one -> one.session().id()).toList();
    }
}
