package io.vilokanam.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/**
 * The imported blocks as consensus sees them. The answers may change between two steps of a machine, never within one.
 * What is built here on {@link #header} may be answered faster by whoever keeps a block tree.
 */
public interface ChainView extends Ancestry {

    /** The header of an imported block. */
    Optional<Header> header(Hash block);

    /** The head of the best chain. */
    BlockRef best();

    /** The imported block of this hash. */
    default Optional<BlockRef> block(Hash hash) {
        return header(hash).map(header -> new BlockRef(hash, header.number()));
    }

    @Override
    default Optional<List<Hash>> ancestry(Hash base, Hash block) {
        if (base.equals(block)) {
            return Optional.of(List.of());
        }
        Optional<BlockRef> root = block(base);
        Optional<Header> at = header(block);
        List<Hash> between = new ArrayList<>();
        while (root.isPresent() && at.isPresent() && at.get().number() > root.get().number()) {
            Hash parent = at.get().parentHash();
            if (parent.equals(base)) {
                return Optional.of(between);
            }
            between.add(parent);
            at = header(parent);
        }
        return Optional.empty();
    }

    /** The ancestor of {@code block} (or the block itself) at this height. */
    default Optional<BlockRef> ancestorAt(BlockRef block, long number) {
        BlockRef at = block;
        while (at.number() > number) {
            Optional<Header> header = header(at.hash());
            if (header.isEmpty()) {
                return Optional.empty();
            }
            at = new BlockRef(header.get().parentHash(), at.number() - 1);
        }
        return at.number() == number ? Optional.of(at) : Optional.empty();
    }
}
