package io.vilokanam.node.cli.tick;

import java.util.ArrayList;
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
 * @param balances of those who were paid, and of the viewer, as the chain has them before and after
 */
record Receipt(long id, Session session, U128 deposit, OptionalLong closedAt, long refundDueAt, List<Change> balances) {

    Receipt {
        balances = List.copyOf(balances);
    }

    /** How a free balance has changed, by whatever. */
    record Change(String who, U128 before, U128 after) {

        String line() {
            boolean isMore = after.isAtLeast(before);
            U128 difference = isMore ? after.minus(before) : before.minus(after);
            return "  " + who + ": " + before + " -> " + after + " (" + (isMore ? "+" : "-") + difference + ")";
        }
    }

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
        long free = session.terms().freeTicks();
        List<String> lines = new ArrayList<>();
        lines.add("Receipt of session " + id + " of stream " + session.terms().stream());
        lines.add("  ticks          " + session.settledTicks() + " at " + Vlk.format(session.terms().rate())
                + (free > 0 ? ", the first " + free + " free" : ""));
        lines.add("  deposit        " + Vlk.exact(deposit));
        lines.add("  paid           " + Vlk.exact(gross()));
        lines.add("  creator got    " + Vlk.exact(creatorGot()));
        lines.add("  platform got   " + Vlk.exact(fee()) + ", " + ShowCommand.percent(session.terms().fee().parts()));
        lines.add(
                closedAt.isPresent() ? "  refunded       " + Vlk.exact(refund()) + ", in block " + closedAt.getAsLong()
                        : "  to be refunded " + Vlk.exact(refund()) + ", at block " + refundDueAt);
        if (!balances.isEmpty()) {
            lines.add("Free balances before and after, in plancks:");
            balances.forEach(change -> lines.add(change.line()));
        }
        return lines;
    }
}
