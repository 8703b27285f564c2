package io.vilokanam.offchain.worker;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/** A block that became the best one. */
public record BestBlock(Hash hash, Header header) {

    public long number() {
        return header.number();
    }
}
