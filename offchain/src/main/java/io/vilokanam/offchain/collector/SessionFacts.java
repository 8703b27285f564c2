package io.vilokanam.offchain.collector;

import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/**
 * What the collector needs to know of a session on chain.
 *
 * @param salt 16 bytes
 * @param rate plancks a tick
 * @param openedAt milliseconds since 1970
 * @param funds all that the session ever had to spend: what was charged, and what is left in escrow and of a sponsor
 * @param payableTicks how many ticks the funds and the hash chain allow for in all
 * @param until the block at which the session begins to close or, where it is closing, ends
 */
public record SessionFacts(long stream, Bytes salt, U128 rate, long freeTicks, long openedAt, long settledTicks,
        U128 funds,
        long payableTicks, boolean isClosing, long until) {

    private static final long U32_MAX = 0xffff_ffffL;

    public static SessionFacts of(Session session) {
        Terms terms = session.terms();
        long until = switch (session.status()) {
            case SessionStatus.Open(long expiresAt) -> expiresAt;
            case SessionStatus.Closing(long end) -> end;
        };
        return new SessionFacts(terms.stream(), terms.salt(), terms.rate(), terms.freeTicks(), terms.openedAt(),
                session.settledTicks(), session.funds(), session.payableTicks(), !session.isOpen(), until);
    }

    /** What so many ticks cost in all. */
    public U128 grossOf(long ticks) {
        return ticks <= freeTicks ? U128.ZERO : rate.saturatingTimes(U128.of(ticks - freeTicks));
    }

    /** What is left of the funds when so many ticks are paid. */
    public U128 leftAfter(long ticks) {
        return funds.saturatingMinus(grossOf(ticks));
    }

    /** The ticks from which on what is not settled yet costs {@code value} or more; at most the greatest u32. */
    long ticksWorth(U128 value) {
        long charged = Math.max(settledTicks, freeTicks);
        U128 more = rate.isZero() ? U128.MAX : value.dividedBy(rate);
        return more.saturatingPlus(U128.of(charged)).min(U128.of(U32_MAX)).low();
    }

    /** How many ticks may have been watched by {@code nowMillis}. */
    public long ticksPossible(long nowMillis, long tickMillis, long leadMax) {
        return Math.max(0, nowMillis - openedAt) / tickMillis + leadMax;
    }
}
