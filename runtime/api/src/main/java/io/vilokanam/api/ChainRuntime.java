package io.vilokanam.api;

import io.vilokanam.primitives.version.RuntimeVersion;

/**
 * A runtime as its host sees it: named entry points over SCALE bytes, exactly the Polkadot runtime APIs. Native Java
 * runtimes and, later, Wasm blobs stand behind it. A runtime holds no state: calls may run side by side.
 */
public interface ChainRuntime {

    RuntimeVersion version();

    /**
     * Calls an entry point, e.g. {@code BlockBuilder_apply_extrinsic}, with its arguments one behind the other.
     *
     * @return the result in SCALE
     * @throws RuntimeTrap if there is no such entry point, the arguments are not its own, or the runtime panics; the host
     *         then throws away all that the call wrote
     */
    byte[] call(String method, byte[] arguments, Externalities ext) throws RuntimeTrap;
}
