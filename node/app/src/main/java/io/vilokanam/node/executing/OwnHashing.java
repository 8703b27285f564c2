package io.vilokanam.node.executing;

import io.vilokanam.api.Hashing;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.api.StateVersion;

/** The hash functions of the host without any state: with them runtimes are composed. */
public final class OwnHashing {

    private OwnHashing() {}

    public static Hashing ofHost() {
        return new HostExternalities(new StorageOverlay(ChainState.empty(), StateVersion.V1),
                HostServices.onChain(SignatureBatches.NONE, (_, _) -> {}));
    }
}
