package io.vilokanam.offchain.collector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.scale.Bytes;

/** A part of the collector's sessions under one lock: the monitor of this object. */
final class Stripe {

    /** More hashes than these are not done under the lock. */
    private static final long STEPS_IN_PASSING = 8;

    final SessionTable sessions = new SessionTable();
    /** Close secrets that were released and are not on chain yet, by session. */
    final Map<Long, Bytes> secrets = new HashMap<>();
    /** Sessions that a settler should look at soon. */
    private final Set<Long> urgent = new HashSet<>();
    /** Sessions that went since the last write to the store. */
    private List<Long> removed = new ArrayList<>();

    void put(KnownSession session) {
        sessions.put(session);
        int row = sessions.locate(session.id());
        if (isUrgent(sessions.page(row), SessionTable.offset(row))) {
            markUrgent(row, session.id());
        }
    }

    void remove(long id) {
        sessions.remove(id);
        secrets.remove(id);
        urgent.remove(id);
        removed.add(id);
    }

    /** Sessions that went since the last call. */
    List<Long> takeRemoved() {
        List<Long> gone = removed;
        removed = new ArrayList<>();
        return gone;
    }

    /**
     * Takes in a word in passing: where its session is known, at most {@value #STEPS_IN_PASSING} hashes, and nothing to ask the
     * chain about. The answer is written into the batch, but for {@link WordBatch#LATER}.
     *
     * @param rules those of the best block
     * @return the answer's code
     */
    int take(WordBatch batch, int index, Settings.Limits rules, long best, WordLimits limits) {
        int row = sessions.locate(batch.session(index), batch.rows[index]);
        if (row == SessionTable.NOWHERE) {
            return WordBatch.LATER;
        }
        byte[] page = sessions.page(row);
        int at = SessionTable.offset(row);
        if (!limits.allows(RowCodec.i32(page, at + RowCodec.BUCKET_AT))) {
            batch.answer(index, WordBatch.LIMITED);
            return WordBatch.LIMITED;
        }
        long ticks = batch.ticks(index);
        long known = RowCodec.u32(page, at + RowCodec.TICKS_AT);
        Verdict verdict = judge(batch, index, rules, page, at);
        if (verdict == null || mayHaveChanged(verdict) && RowCodec.u32(page, at + RowCodec.REFRESHED_AT) < best) {
            return WordBatch.LATER;
        }
        if (verdict == Verdict.ACCEPTED) {
            System.arraycopy(batch.words, WordBatch.wordAt(index), page, at + RowCodec.WORD_AT, RowCodec.WORD);
            RowCodec.u32(page, at + RowCodec.TICKS_AT, ticks);
            RowCodec.u32(page, at + RowCodec.HEARD_AT, best);
            took(page, at, limits);
            sessions.mark(row);
            known = ticks;
            if (isUrgent(page, at)) {
                markUrgent(row, batch.session(index));
            }
            verdict = RowCodec.has(page, at, RowCodec.CLOSING) ? Verdict.CLOSING : Verdict.ACCEPTED;
        }
        batch.answer(index, verdict.ordinal(), known, RowCodec.u32(page, at + RowCodec.SETTLED_AT),
                Math.max(0, RowCodec.u32(page, at + RowCodec.PAYABLE_AT) - known));
        return verdict.ordinal();
    }

    /** A word of the session was taken. */
    void took(long id, WordLimits limits) {
        int row = sessions.locate(id);
        took(sessions.page(row), SessionTable.offset(row), limits);
    }

    private static void took(byte[] page, int at, WordLimits limits) {
        RowCodec.u32(page, at + RowCodec.BUCKET_AT, limits.charged(RowCodec.i32(page, at + RowCodec.BUCKET_AT)));
        RowCodec.flag(page, at, RowCodec.FOREIGN, limits.isForeign());
    }

    /** What becomes of the word; null where that is not for here. */
    private static Verdict judge(WordBatch batch, int index, Settings.Limits rules, byte[] page, int at) {
        long ticks = batch.ticks(index);
        long steps = ticks - RowCodec.u32(page, at + RowCodec.TICKS_AT);
        if (steps <= 0) {
            return Verdict.STALE;
        }
        if (ticks > RowCodec.u32(page, at + RowCodec.PAYABLE_AT)) {
            return Verdict.EXHAUSTED;
        }
        long openedAt = RowCodec.u64(page, at + RowCodec.OPENED_AT);
        if (ticks > Math.max(0, batch.nowMillis - openedAt) / rules.tickMillis() + rules.leadMax()) {
            return Verdict.AHEAD;
        }
        if (steps > STEPS_IN_PASSING) {
            return null;
        }
        return batch.chain.reaches(page, at + RowCodec.SALT_AT, batch.words, WordBatch.wordAt(index), (int) steps, page,
                at + RowCodec.WORD_AT) ? Verdict.ACCEPTED : Verdict.MISMATCH;
    }

    static boolean mayHaveChanged(Verdict verdict) {
        return verdict == Verdict.EXHAUSTED || verdict == Verdict.MISMATCH;
    }

    // What a settler looks at first.

    private static boolean isUrgent(byte[] page, int at) {
        long ticks = RowCodec.u32(page, at + RowCodec.TICKS_AT);
        return ticks > RowCodec.u32(page, at + RowCodec.SETTLED_AT)
                && (RowCodec.has(page, at, RowCodec.CLOSING) || ticks >= RowCodec.u32(page, at + RowCodec.LARGE_AT));
    }

    private void markUrgent(int row, long id) {
        byte[] page = sessions.page(row);
        int at = SessionTable.offset(row);
        if (!RowCodec.has(page, at, RowCodec.URGENT)) {
            RowCodec.flag(page, at, RowCodec.URGENT, true);
            urgent.add(id);
        }
    }

    void markUrgent(long id) {
        int row = sessions.locate(id);
        if (row != SessionTable.NOWHERE) {
            markUrgent(row, id);
        }
    }

    /** Adds the sessions that a settler should look at; those of which the chain knows all stand there no more. */
    void urgent(List<Pending> into, int max) {
        Iterator<Long> ids = urgent.iterator();
        while (ids.hasNext() && into.size() < max) {
            long id = ids.next();
            int row = sessions.locate(id);
            boolean isStill = row != SessionTable.NOWHERE
                    && (secrets.containsKey(id) || isUrgent(sessions.page(row), SessionTable.offset(row)));
            if (isStill) {
                into.add(pending(row));
            } else {
                ids.remove();
                if (row != SessionTable.NOWHERE) {
                    RowCodec.flag(sessions.page(row), SessionTable.offset(row), RowCodec.URGENT, false);
                }
            }
        }
    }

    Pending pending(int row) {
        KnownSession session = sessions.read(row);
        return new Pending(session,
                secrets.isEmpty() ? Optional.empty() : Optional.ofNullable(secrets.get(session.id())));
    }
}
