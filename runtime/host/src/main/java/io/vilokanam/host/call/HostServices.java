package io.vilokanam.host.call;

import java.util.Optional;

import io.vilokanam.api.Externalities.KeyScheme;
import io.vilokanam.api.Offchain;
import io.vilokanam.primitives.KeyTypeId;

/**
 * What of the node stands behind a call beside its state.
 *
 * @param signatures verifies what the runtime announces
 * @param offchain present for calls beside the chain: off-chain workers
 * @param keys present where the call may make session keys
 */
public record HostServices(SignatureBatches signatures, Optional<Offchain> offchain, Optional<KeyMaker> keys,
        CallLog log) {

    /** For the execution of blocks and for looking at states. */
    public static HostServices onChain(SignatureBatches signatures, CallLog log) {
        return new HostServices(signatures, Optional.empty(), Optional.empty(), log);
    }

    /** Makes keys in the node's keystore. */
    @FunctionalInterface
    public interface KeyMaker {

        /** Makes and stores a key, from a secret URI where one is given; answers its public key. */
        byte[] generate(KeyTypeId type, KeyScheme scheme, Optional<byte[]> seed);
    }

    /** Takes what a runtime logs. */
    @FunctionalInterface
    public interface CallLog {

        void log(String target, String message);
    }
}
