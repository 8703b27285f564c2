package io.vilokanam.offchain.worker;

import java.util.Optional;

import io.vilokanam.api.Offchain;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.primitives.Hash;

/** Calls of runtime entry points on the states of blocks; nothing that they write is kept. */
public interface RuntimeCalls {

    /**
     * Calls an entry point on the state after a block.
     *
     * @param arguments SCALE, one argument behind the other
     * @param offchain what the call may ask of the node, for off-chain workers
     * @return SCALE
     */
    byte[] call(Hash block, String method, byte[] arguments, Optional<Offchain> offchain)
            throws RuntimeTrap, StateMissingException;
}
