package io.vilokanam.runtime.composition;

import java.util.Optional;

import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.pallets.collective.CollectiveOrigin;
import io.vilokanam.pallets.treasury.Treasury;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Referenda and the treasury: 22 Referenda, 23 ConvictionVoting, 24 Treasury. */
public record Governance(Treasury treasury) {

    private static final String TREASURY_ID = "vlk/trsy";
    private static final long SPEND_PERIOD = 30;
    private static final int APPROVALS_MAX = 100;
    /** Thirty days of blocks. */
    private static final long PAYOUT_PERIOD = 1_296_000;

    static Governance build(Foundation foundation, TeamAccounts teamAccounts) {
        return new Governance(treasury(foundation));
    }

    private static Treasury treasury(Foundation foundation) {
        return foundation.runtime().add(24, "Treasury", scope -> new Treasury(scope,
                new Treasury.Config(SPEND_PERIOD, Bytes.ascii(TREASURY_ID), Composition.palletAccount(TREASURY_ID),
                        APPROVALS_MAX, PAYOUT_PERIOD,
                        origin -> origin.isRoot() ? Optional.of(U128.MAX) : Optional.empty(),
                        EnsureOrigin.ROOT.or((_, origin) -> isMostOfCouncil(origin))),
                foundation.system(), foundation.balances().olderCurrency(), foundation.balances().reserves(),
                foundation.balances().currency()));
    }

    /** More than half of the council; the reference's product of 32 bits wraps. */
    private static boolean isMostOfCouncil(Origin origin) {
        return origin.caller() instanceof Origin.OfPallet(int pallet, CollectiveOrigin.Members(long yes, long all))
                && pallet == TownHall.COUNCIL && (2 * yes & 0xffff_ffffL) > all;
    }
}
