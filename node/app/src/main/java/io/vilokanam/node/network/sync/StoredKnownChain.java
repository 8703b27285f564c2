package io.vilokanam.node.network.sync;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/** The node's chain as sync looks at it. */
public record StoredKnownChain(Chain chain) implements KnownChain {

    @Override
    public Optional<Header> header(Hash block) {
        return chain.header(block);
    }

    @Override
    public Optional<Hash> canonicalHash(long number) {
        return chain.canonicalHash(number);
    }

    @Override
    public BlockRef best() {
        return chain.best();
    }

    @Override
    public BlockRef finalised() {
        return chain.finalised();
    }

    @Override
    public boolean isKnown(Hash block) {
        return chain.store().hasHeader(block);
    }
}
