package io.vilokanam.runtime.composition;

import io.vilokanam.frame.fungible.HoldReason;
import io.vilokanam.pallets.multisig.Multisig;
import io.vilokanam.pallets.preimage.Preimage;
import io.vilokanam.pallets.proxy.Proxy;
import io.vilokanam.pallets.scheduler.Scheduler;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.U128;

/** Accounts that several hold, and calls that wait: 13 Multisig, 14 Proxy, 15 Preimage, 16 Scheduler. */
public record TeamAccounts(Multisig multisig, Proxy proxy, Preimage preimage, Scheduler scheduler) {

    private static final U128 VLK = U128.of(1_000_000_000_000L);
    private static final U128 TENTH_OF_VLK = U128.of(100_000_000_000L);
    private static final int SIGNATORIES_MAX = 100;
    private static final int PROXIES_MAX = 32;
    private static final int PENDING_MAX = 32;

    static TeamAccounts build(Foundation foundation) {
        Multisig multisig = foundation.runtime().add(13, "Multisig", scope -> new Multisig(scope,
                new Multisig.Config(VLK, TENTH_OF_VLK, SIGNATORIES_MAX), foundation.runtime(), foundation.system(),
                foundation.balances().reserves()));
        Proxy.Deposit deposit = new Proxy.Deposit(VLK, TENTH_OF_VLK);
        Proxy proxy = foundation.runtime().add(14, "Proxy", scope -> new Proxy(scope,
                new Proxy.Config(new ProxyPermissions(foundation.runtime().cratePath(), foundation.hasTickStream()),
                        deposit, PROXIES_MAX, deposit,
                        PENDING_MAX),
                foundation.runtime(), foundation.system(), foundation.balances().reserves()));
        Preimage preimage = foundation.runtime().add(15, "Preimage", scope -> new Preimage(scope,
                new Preimage.Config(VLK, U128.of(1_000_000_000L), new HoldReason(15, 0)),
                foundation.balances().holds(), foundation.balances().reserves()));
        Scheduler scheduler = foundation.runtime().add(16, "Scheduler", scope -> new Scheduler(scope,
                new Scheduler.Config(new Weight(800_000_000_000L, 0xccccccccccccccccL), 50), foundation.runtime(),
                foundation.origins(), foundation.system(), preimage));
        return new TeamAccounts(multisig, proxy, preimage, scheduler);
    }
}
