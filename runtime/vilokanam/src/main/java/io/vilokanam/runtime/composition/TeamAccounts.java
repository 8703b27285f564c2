package io.vilokanam.runtime.composition;

import io.vilokanam.frame.fungible.HoldReason;
import io.vilokanam.pallets.preimage.Preimage;
import io.vilokanam.pallets.scheduler.Scheduler;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.U128;

/** Accounts that several hold, and calls that wait: 13 Multisig, 14 Proxy, 15 Preimage, 16 Scheduler. */
public record TeamAccounts(Preimage preimage, Scheduler scheduler) {

    static TeamAccounts build(Foundation foundation) {
        Preimage preimage = foundation.runtime().add(15, "Preimage", scope -> new Preimage(scope,
                new Preimage.Config(U128.of(1_000_000_000_000L), U128.of(1_000_000_000L), new HoldReason(15, 0)),
                foundation.balances().holds(), foundation.balances().reserves()));
        Scheduler scheduler = foundation.runtime().add(16, "Scheduler", scope -> new Scheduler(scope,
                new Scheduler.Config(new Weight(800_000_000_000L, 0xccccccccccccccccL), 50), foundation.runtime(),
                foundation.origins(), foundation.system(), preimage));
        return new TeamAccounts(preimage, scheduler);
    }
}
