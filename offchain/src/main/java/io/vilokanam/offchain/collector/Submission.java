package io.vilokanam.offchain.collector;

import io.vilokanam.scale.U128;

/**
 * The collector's answer to a word. All but the verdict is zero where the session is unknown.
 *
 * @param paidTicks the number of the newest known word
 * @param settledTicks how many of them are settled on chain, as far as the collector has seen
 * @param leftTicks how many more ticks escrow and hash chain allow for
 * @param left plancks that are not spent by the words known
 */
public record Submission(Verdict verdict, long paidTicks, long settledTicks, long leftTicks, U128 left) {

    static final Submission UNKNOWN = new Submission(Verdict.UNKNOWN, 0, 0, 0, U128.ZERO);

    static Submission of(Verdict verdict, KnownSession session) {
        SessionFacts facts = session.facts();
        return new Submission(verdict, session.ticks(), facts.settledTicks(),
                Math.max(0, facts.payableTicks() - session.ticks()), facts.leftAfter(session.ticks()));
    }
}
