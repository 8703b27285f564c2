package io.vilokanam.runtime.composition;

import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.collective.Collective;
import io.vilokanam.pallets.elections.Elections;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Elected and appointed bodies: 17 Council, 18 TechnicalCommittee, 21 Elections. */
public record Councils(Collective council, Collective technicalCommittee, Elections elections) {

    /** Five days of blocks. */
    private static final long MOTION_DURATION = 216_000;
    private static final int PROPOSALS_MAX = 100;
    private static final int MEMBERS_MAX = 100;

    private static final Elections.Config ELECTIONS = new Elections.Config(Bytes.ascii("phrelect"),
            U128.of(10_000_000_000_000_000L), U128.of(100_000_000_000L), U128.of(10_000_000_000L), 21, 7, 60, 64, 512,
            16);

    static Councils build(Foundation foundation, Governance governance) {
        Collective council = collective(foundation, TownHall.COUNCIL, "Council", TownHall.FIRST);
        Balances balances = foundation.balances();
        Elections elections = foundation.runtime().add(21, "Elections", scope -> new Elections(scope, ELECTIONS,
                new Elections.Money(balances.currency(), balances.reserves(), balances.locks(), governance.treasury()),
                council, council));
        return new Councils(council,
                collective(foundation, TownHall.TECHNICAL_COMMITTEE, "TechnicalCommittee", TownHall.SECOND), elections);
    }

    private static Collective collective(Foundation foundation, int index, String name, String instance) {
        Weight block = foundation.system().blockWeights().maxBlock();
        Weight half = new Weight(block.refTime() >>> 1, block.proofSize() >>> 1);
        return foundation.runtime().addInstance(index, name, instance, scope -> new Collective(scope,
                new Collective.Config(MOTION_DURATION, PROPOSALS_MAX, MEMBERS_MAX, half, true, EnsureOrigin.ROOT,
                        EnsureOrigin.ROOT, EnsureOrigin.ROOT),
                foundation.runtime(), foundation.system()));
    }
}
