package io.vilokanam.rpc.backend;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;

/** The states of blocks, and their runtimes. */
public interface StateBackend {

    BlockState at(Hash block) throws StateUnavailableException;

    /**
     * Calls a runtime entry point on the state after a block; nothing that it writes is kept.
     *
     * @param arguments SCALE, one argument behind the other
     */
    Bytes call(Hash block, String method, Bytes arguments) throws StateUnavailableException, RuntimeTrap;

    RuntimeVersion runtimeVersion(Hash block) throws StateUnavailableException;

    /** Calls the listener for every block that is imported from now on, forks too. */
    Registration watchStorage(StorageListener listener);

    /**
     * Executes a block once more and measures what it read: {@code dev_getBlockStats}.
     *
     * @param block without its seal
     * @throws StateUnavailableException for its parent's state
     */
    Witness witness(Block block) throws StateUnavailableException, RuntimeTrap;

    /** The encoded size of the proof of everything that a block's execution read, in bytes, as it is and compact. */
    record Witness(long size, long compactSize) {}
}
