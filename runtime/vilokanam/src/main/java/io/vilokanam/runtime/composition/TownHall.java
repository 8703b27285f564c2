package io.vilokanam.runtime.composition;

import io.vilokanam.frame.dispatch.OriginCaller;
import io.vilokanam.frame.fungible.HoldReasons;
import io.vilokanam.pallets.collective.CollectiveOrigin;

/**
 * The pallets that composition 110 has beside the eight: who runs the chain and who decides about it. They are built in an
 * order in which each finds those that it needs; where they stand their indices say. Each part adds its pallets in its own
 * {@code build}, in a file of its own.
 */
public record TownHall(TeamAccounts teamAccounts, Councils councils, Governance governance, People people,
        Sessions sessions) {

    static final int PREIMAGE = 15;
    static final int COUNCIL = 17;
    static final int TECHNICAL_COMMITTEE = 18;
    static final String FIRST = "Instance1";
    static final String SECOND = "Instance2";

    private static final String ORIGIN = "pallet_collective::Origin<Runtime, pallet_collective::";
    private static final String COLLECTIVE_REASON = "pallet_collective::pallet::HoldReason";

    static TownHall build(Foundation foundation) {
        TeamAccounts teamAccounts = TeamAccounts.build(foundation);
        Governance governance = Governance.build(foundation, teamAccounts);
        Councils councils = Councils.build(foundation, governance);
        People people = People.build(foundation, governance);
        Sessions sessions = Sessions.build(foundation, councils);
        return new TownHall(teamAccounts, councils, governance, people, sessions);
    }

    static OriginCaller withOrigins(OriginCaller origins) {
        return origins.with(COUNCIL, "Council", ORIGIN + FIRST + ">", CollectiveOrigin.codec(FIRST))
                .with(TECHNICAL_COMMITTEE, "TechnicalCommittee", ORIGIN + SECOND + ">", CollectiveOrigin.codec(SECOND));
    }

    static HoldReasons withHoldReasons(HoldReasons reasons) {
        return reasons.with(PREIMAGE, "Preimage", "pallet_preimage::pallet::HoldReason", "Preimage")
                .withInstance(COUNCIL, "Council", COLLECTIVE_REASON, FIRST, "ProposalSubmission")
                .withInstance(TECHNICAL_COMMITTEE, "TechnicalCommittee", COLLECTIVE_REASON, SECOND,
                        "ProposalSubmission");
    }
}
