package io.vilokanam.node.network.sync;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/** The imported blocks as sync looks at them. The answers may change between two steps of the machine. */
public interface KnownChain {

    Optional<Header> header(Hash block);

    /** The block of the best chain at a height. */
    Optional<Hash> canonicalHash(long number);

    BlockRef best();

    BlockRef finalised();

    default boolean isKnown(Hash block) {
        return header(block).isPresent();
    }
}
