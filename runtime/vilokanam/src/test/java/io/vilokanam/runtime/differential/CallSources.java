package io.vilokanam.runtime.differential;

import java.util.List;

import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.runtime.VilokanamRuntime;

/** The sources of calls for composition 110: a line each. */
final class CallSources {

    private CallSources() {}

    private static List<CallSource> all() {
        return List.of(new SessionCalls(), new CollectiveCalls(), new TeamCalls(), new ElectionsCalls(),
                new TreasuryCalls(),
                new VestingCalls(), new ReferendaCalls(), new IdentityCalls(), new SchedulingCalls(),
                new GovernedPayments());
    }

    /** Those whose pallets the runtime has. */
    static List<CallSource> of(VilokanamRuntime runtime) {
        List<String> present = runtime.pallets().runtime().slots().stream().map(PalletSlot::name).toList();
        return all().stream().filter(source -> present.containsAll(source.pallets())).toList();
    }
}
