package io.vilokanam.offchain.collector;

import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.scale.Bytes;

/**
 * A session and the newest word known of it.
 *
 * @param ticks the number of {@code word} in the hash chain
 * @param word 32 bytes; hashing it {@code ticks - facts.settledTicks} times gives the anchor on chain
 * @param heardAt the best block when a new word came last
 * @param refreshedAt the best block at which {@code facts} were read
 * @param settledAt the best block when a settlement was sent or seen last, or when the session became known
 */
public record KnownSession(long id, SessionFacts facts, long ticks, Bytes word, long heardAt, long refreshedAt,
        long settledAt) {

    /** A session of which no word came yet: the newest one is the anchor. */
    static KnownSession first(long id, Session session, long block) {
        SessionFacts facts = SessionFacts.of(session);
        return new KnownSession(id, facts, facts.settledTicks(), session.anchor(), block, block, block);
    }

    KnownSession withWord(long newTicks, Bytes newWord, long block) {
        return new KnownSession(id, facts, newTicks, newWord, block, refreshedAt, settledAt);
    }

    /**
     * The same with what the chain says now. The chain's word is taken where it is newer than ours; another salt means that
     * after a fork the id belongs to another session, of which no word is known.
     */
    KnownSession refreshed(Session session, long block) {
        SessionFacts now = SessionFacts.of(session);
        if (!now.salt().equals(facts.salt())) {
            return first(id, session, block);
        }
        boolean isChainAhead = now.settledTicks() > ticks;
        boolean isSettled = now.settledTicks() > facts.settledTicks();
        return new KnownSession(id, now, isChainAhead ? now.settledTicks() : ticks,
                isChainAhead ? session.anchor() : word,
                heardAt, block, isSettled ? Math.max(settledAt, block) : settledAt);
    }

    KnownSession withSettlementSent(long block) {
        return new KnownSession(id, facts, ticks, word, heardAt, refreshedAt, block);
    }

    /** Whether the word is worth more than what is settled. */
    public boolean isUnsettled() {
        return ticks > facts.settledTicks();
    }
}
