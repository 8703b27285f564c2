package io.vilokanam.runtime.composition;

import java.util.List;
import java.util.Optional;

import io.vilokanam.frame.arithmetic.Perbill;
import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.pallets.collective.CollectiveOrigin;
import io.vilokanam.pallets.convictionvoting.ConvictionVoting;
import io.vilokanam.pallets.convictionvoting.Tally;
import io.vilokanam.pallets.referenda.Curve;
import io.vilokanam.pallets.referenda.Referenda;
import io.vilokanam.pallets.referenda.Track;
import io.vilokanam.pallets.treasury.Treasury;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Referenda and the treasury: 22 Referenda, 23 ConvictionVoting, 24 Treasury. */
public record Governance(Referenda<Tally> referenda, ConvictionVoting convictionVoting, Treasury treasury) {

    private static final long U32_MAX = 0xffff_ffffL;

    static final String TREASURY_ID = "vlk/trsy";
    private static final long SPEND_PERIOD = 30;
    private static final int APPROVALS_MAX = 100;
    /** Thirty days of blocks. */
    private static final long PAYOUT_PERIOD = 1_296_000;

    /** One VLK. */
    private static final U128 SUBMISSION_DEPOSIT = U128.of(1_000_000_000_000L);
    private static final int QUEUED_MAX = 20;
    /** Fourteen days of blocks. */
    private static final long UNDECIDING_TIMEOUT = 604_800;
    private static final long ALARM_INTERVAL = 1;

    private static final int VOTES_MAX = 64;
    private static final long VOTE_LOCKING_PERIOD = 30;

    private static final int ROOT = 0;
    private static final int SIGNED = 1;
    private static final long DECIDING_MAX = 4;

    /** From all to half of the votes, from half to nothing of all that could vote. */
    private static final Curve APPROVAL = new Curve.LinearDecreasing(Perbill.ONE, Perbill.ofPercent(50), Perbill.ONE);
    private static final Curve SUPPORT = new Curve.LinearDecreasing(Perbill.ONE, Perbill.ZERO, Perbill.ofPercent(50));

    private static final List<Track> TRACKS = List.of(
            new Track(ROOT,
                    new Track.Details("root", DECIDING_MAX, U128.of(1_000_000_000_000_000L), 10, 604_800, 20, 10,
                            APPROVAL, SUPPORT)),
            new Track(SIGNED, new Track.Details("signed", DECIDING_MAX, U128.of(10_000_000_000_000L), 2, 20, 4, 2,
                    APPROVAL, SUPPORT)));

    /** The root, or more than half of the council. */
    static final EnsureOrigin ROOT_OR_MOST_OF_COUNCIL = EnsureOrigin.ROOT.or((_, origin) -> isMostOfCouncil(origin));

    /** The root, or two thirds of the council. */
    static final EnsureOrigin ROOT_OR_TWO_THIRDS_OF_COUNCIL = EnsureOrigin.ROOT
            .or((_, origin) -> isTwoThirdsOfCouncil(origin));

    static Governance build(Foundation foundation, TeamAccounts teamAccounts) {
        Treasury treasury = treasury(foundation);
        Referenda<Tally> referenda = foundation.runtime().add(22, "Referenda", scope -> new Referenda<>(scope,
                new Referenda.Config<>(TRACKS, Governance::trackFor, EnsureOrigin.ROOT, EnsureOrigin.ROOT, treasury,
                        Tally.counting(foundation.balances().currency()::totalIssuance), SUBMISSION_DEPOSIT, QUEUED_MAX,
                        UNDECIDING_TIMEOUT, ALARM_INTERVAL),
                new Referenda.Foundation(foundation.runtime(), foundation.origins(), foundation.system(),
                        foundation.balances().reserves(), teamAccounts.preimage(), teamAccounts.scheduler())));
        ConvictionVoting voting = foundation.runtime().add(23, "ConvictionVoting",
                scope -> new ConvictionVoting(scope, new ConvictionVoting.Config(VOTES_MAX, VOTE_LOCKING_PERIOD),
                        foundation.system(), foundation.balances().currency(), foundation.balances().locks(),
                        referenda));
        return new Governance(referenda, voting, treasury);
    }

    private static Optional<Integer> trackFor(Origin origin) {
        return switch (origin.caller()) {
            case Origin.Root _ -> Optional.of(ROOT);
            case Origin.Signed _ -> Optional.of(SIGNED);
            case Origin.None _,Origin.OfPallet _,Origin.Filtered _ -> Optional.empty();
        };
    }

    private static Treasury treasury(Foundation foundation) {
        return foundation.runtime().add(24, "Treasury", scope -> new Treasury(scope,
                new Treasury.Config(SPEND_PERIOD, Bytes.ascii(TREASURY_ID), Composition.palletAccount(TREASURY_ID),
                        APPROVALS_MAX, PAYOUT_PERIOD,
                        origin -> origin.isRoot() ? Optional.of(U128.MAX) : Optional.empty(),
                        ROOT_OR_MOST_OF_COUNCIL),
                foundation.system(), foundation.balances().olderCurrency(), foundation.balances().reserves(),
                foundation.balances().currency()));
    }

    /** More than half of the council; the reference's products of 32 bits wrap. */
    private static boolean isMostOfCouncil(Origin origin) {
        return origin.caller() instanceof Origin.OfPallet(int pallet, CollectiveOrigin.Members(long yes, long all))
                && pallet == TownHall.COUNCIL && (2 * yes & U32_MAX) > all;
    }

    private static boolean isTwoThirdsOfCouncil(Origin origin) {
        return origin.caller() instanceof Origin.OfPallet(int pallet, CollectiveOrigin.Members(long yes, long all))
                && pallet == TownHall.COUNCIL && (3 * yes & U32_MAX) >= (2 * all & U32_MAX);
    }
}
