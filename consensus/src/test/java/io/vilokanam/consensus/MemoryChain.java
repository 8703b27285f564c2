package io.vilokanam.consensus;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/**
 * Headers in memory above a root whose own header need not be known; the best block is the first of the greatest
 * height.
 */
public final class MemoryChain implements ChainView {

    private final BlockRef root;
    private final Map<Hash, Header> headers = new HashMap<>();
    private BlockRef best;

    public MemoryChain(BlockRef root) {
        this.root = root;
        this.best = root;
    }

    /** Takes in a block whose parent is known. */
    public BlockRef add(Header header) {
        if (block(header.parentHash()).filter(parent -> parent.number() + 1 == header.number()).isEmpty()) {
            throw new IllegalStateException("the parent of #" + header.number() + " is unknown");
        }
        BlockRef block = BlockRef.of(header);
        headers.put(block.hash(), header);
        if (block.number() > best.number()) {
            best = block;
        }
        return block;
    }

    @Override
    public Optional<Header> header(Hash block) {
        return Optional.ofNullable(headers.get(block));
    }

    @Override
    public Optional<BlockRef> block(Hash hash) {
        return hash.equals(root.hash()) ? Optional.of(root) : ChainView.super.block(hash);
    }

    @Override
    public BlockRef best() {
        return best;
    }
}
