package io.vilokanam.node.finality;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.ChainView;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/** The chain as GRANDPA looks at it. */
record StoredChainView(Chain chain) implements ChainView {

    @Override
    public Optional<Header> header(Hash block) {
        return chain.header(block);
    }

    @Override
    public BlockRef best() {
        return chain.best();
    }
}
