package io.vilokanam.pallets.tickstream;

import java.util.Arrays;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings.Limits;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.U128;

/** Whether a word proves the ticks it claims, and what they cost. Writes no storage. */
final class Settlement {

    /** What came of an entry. */
    sealed interface Outcome {

        /**
         * The ticks are proven.
         *
         * @param gross plancks that the ticks cost, taken from the escrow and what a sponsor set aside
         * @param fee the platform's part of {@code gross}
         * @param hashes words that were hashed
         */
        record Settled(Session session, U128 gross, U128 fee, long hashes) implements Outcome {}

        /** @param hashes words that were hashed nevertheless */
        record Skipped(SkipReason reason, long hashes) implements Outcome {

            Skipped(SkipReason reason) {
                this(reason, 0);
            }
        }
    }

    private final StreamGovernance governance;

    Settlement(StreamGovernance governance) {
        this.governance = governance;
    }

    /**
     * Settles an entry against its session.
     *
     * @param now the block's time in milliseconds since 1970
     * @param hashesLeft how many words may still be hashed
     */
    Outcome settle(Externalities ext, Session session, Entry entry, long now, long hashesLeft) {
        Terms terms = session.terms();
        Limits limits = governance.limits(ext);
        long step = entry.ticks() - session.settledTicks();
        if (step <= 0) {
            return new Outcome.Skipped(SkipReason.NOTHING_NEW);
        }
        if (step > limits.stepMax()) {
            return new Outcome.Skipped(SkipReason.STEP_TOO_LARGE);
        }
        if (entry.ticks() > terms.maxTicks()) {
            return new Outcome.Skipped(SkipReason.CHAIN_EXHAUSTED);
        }
        if (entry.ticks() > Math.max(0, now - terms.openedAt()) / limits.tickMillis() + limits.leadMax()) {
            return new Outcome.Skipped(SkipReason.AHEAD_OF_TIME);
        }
        if (step > hashesLeft) {
            return new Outcome.Skipped(SkipReason.OUT_OF_HASHES);
        }
        byte[] reached = ext.tickChain(terms.salt().view(), entry.word().view(), (int) step);
        if (!Arrays.equals(reached, session.anchor().view())) {
            return new Outcome.Skipped(SkipReason.WORD_MISMATCH, step);
        }
        return charge(session, entry, step);
    }

    /** The fee is floored on the cumulative gross, less what was taken before: it does not depend on the steps. */
    private static Outcome charge(Session session, Entry entry, long step) {
        Terms terms = session.terms();
        U128 cumulative = terms.grossOf(entry.ticks());
        U128 gross = cumulative.minus(session.charged());
        U128 own = session.ownOf(entry.ticks()).minus(session.ownOf(session.settledTicks()));
        if (own.isMoreThan(session.escrow())) {
            return new Outcome.Skipped(SkipReason.ESCROW_EXHAUSTED, step);
        }
        U128 feeTaken = terms.fee().of(cumulative);
        Session after = new Session(terms, entry.word(), entry.ticks(), cumulative, feeTaken,
                session.escrow().minus(own), session.status(), session.funding());
        return new Outcome.Settled(after, gross, feeTaken.minus(session.feeTaken()), step);
    }
}
