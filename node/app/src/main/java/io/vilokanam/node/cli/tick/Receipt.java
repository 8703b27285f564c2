package io.vilokanam.node.cli.tick;

import java.util.List;
import java.util.OptionalLong;

import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.scale.U128;

/**
 * What a viewing cost, to the planck.
 *
 * @param session as the chain had it last
 * @param closedAt the block that paid the rest back; empty while the challenge window is open
 * @param refundDueAt the block at which the rest is paid back, if it was not yet
 */
record Receipt(long id, Session session, U128 deposit, OptionalLong closedAt, long refundDueAt) {

    U128 gross() {
        return session.charged();
    }

    U128 fee() {
        return session.feeTaken();
    }

    U128 creatorGot() {
        return gross().minus(fee());
    }

    U128 refund() {
        return session.escrow();
    }

    List<String> lines() {
        String percent = java.math.BigDecimal.valueOf(session.terms().fee().parts(), 4).stripTrailingZeros().toPlainString();
        String refund = closedAt.isPresent() ? "  refunded       " + Vlk.exact(refund()) + ", in block " + closedAt.getAsLong()
                : "  to be refunded " + Vlk.exact(refund()) + ", at block " + refundDueAt;
        return List.of("Receipt of session " + id + " of stream " + session.terms().stream(),
                "  ticks          " + session.settledTicks() + " at " + Vlk.format(session.terms().rate())
                        + (session.terms().freeTicks() > 0 ? ", the first " + session.terms().freeTicks() + " free" : ""),
                "  paid           " + Vlk.exact(gross()), "  creator got    " + Vlk.exact(creatorGot()),
                "  platform got   " + Vlk.exact(fee()) + ", " + percent + " %", refund,
                "  deposit        " + Vlk.exact(deposit));
    }
}
