package io.vilokanam.rpc.backend;

import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.SignedBlock;

/** The blocks that a node knows. */
public interface ChainBackend {

    Hash genesisHash();

    BlockRef best();

    BlockRef finalised();

    Optional<Header> header(Hash block);

    /** A block with its body and stored justifications; empty where the block is unknown or its body was pruned. */
    Optional<SignedBlock> block(Hash block);

    /** The block at a height of the best chain. */
    Optional<Hash> hashAt(long number);

    /** All known blocks at a height, forks too; exactly one up to the finalised height. */
    List<Hash> hashesAt(long number);

    /** All known descendants of the finalised block, parents first. {@code isBest} holds for at most one of them. */
    List<ImportedBlock> unfinalised();

    /** Calls the listener for everything that happens from now on. */
    Registration watch(ChainListener listener);

    /**
     * Keeps body and state of a block until the registration is closed, whatever the node prunes meanwhile. Several pins of
     * one block count.
     *
     * @return empty where the block or its state is not known any more
     */
    Optional<Registration> pin(Hash block);
}
