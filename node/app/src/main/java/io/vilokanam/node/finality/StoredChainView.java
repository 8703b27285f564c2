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

    /** Of a block of the best chain, ancestors are found by their number. */
    @Override
    public Optional<BlockRef> ancestorAt(BlockRef block, long number) {
        return isCanonical(block) && number <= block.number()
                ? chain.canonicalHash(number).map(hash -> new BlockRef(hash, number))
                : ChainView.super.ancestorAt(block, number);
    }

    @Override
    public boolean isEqualOrDescendant(Hash base, Hash block) {
        Optional<BlockRef> lower = block(base);
        Optional<BlockRef> upper = block(block);
        if (lower.isPresent() && upper.isPresent() && isCanonical(upper.get())) {
            return lower.get().number() <= upper.get().number() && isCanonical(lower.get());
        }
        return ChainView.super.isEqualOrDescendant(base, block);
    }

    private boolean isCanonical(BlockRef block) {
        return chain.canonicalHash(block.number()).filter(block.hash()::equals).isPresent();
    }
}
