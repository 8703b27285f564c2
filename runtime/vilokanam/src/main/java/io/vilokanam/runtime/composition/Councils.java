package io.vilokanam.runtime.composition;

import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.pallets.collective.Collective;
import io.vilokanam.primitives.Weight;

/** Elected and appointed bodies: 17 Council, 18 TechnicalCommittee, 21 Elections. */
public record Councils(Collective council, Collective technicalCommittee) {

    /** Five days of blocks. */
    private static final long MOTION_DURATION = 216_000;
    private static final int PROPOSALS_MAX = 100;
    private static final int MEMBERS_MAX = 100;

    static Councils build(Foundation foundation, Governance governance) {
        return new Councils(collective(foundation, TownHall.COUNCIL, "Council", TownHall.FIRST),
                collective(foundation, TownHall.TECHNICAL_COMMITTEE, "TechnicalCommittee", TownHall.SECOND));
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
