package io.vilokanam.node.exchange;

import java.io.IOException;
import java.util.Optional;

import io.vilokanam.primitives.header.SignedBlock;

/** Blocks one behind the other, as a file holds them. */
public interface BlockSource {

    /** The next block; empty at the end. */
    Optional<SignedBlock> next() throws IOException, BlockFileException;

    /** How many blocks there are, where the file says so. */
    Optional<Long> count();
}
