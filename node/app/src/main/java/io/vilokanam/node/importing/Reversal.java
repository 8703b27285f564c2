package io.vilokanam.node.importing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.storage.ChainBatch;
import io.vilokanam.node.storage.KeyValueStore.Durability;
import io.vilokanam.node.storage.StoreFailure;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/**
 * Takes blocks back in the store: the newest ones of the best chain and all forks that reach higher than what is left. Final
 * blocks stay. The chain must be opened anew afterwards.
 */
public final class Reversal {

    private Reversal() {}

    /**
     * Takes back at most so many blocks.
     *
     * @param consensus takes back what is known of blocks above a height
     * @return the best block that is left
     */
    public static BlockRef run(Chain chain, long blocks, BiConsumer<Long, ChainBatch> consensus) {
        BlockRef best = chain.best();
        long height = Math.max(best.number() - Math.min(blocks, best.number()), chain.finalised().number());
        if (height == best.number()) {
            return best;
        }
        Hash hash = chain.canonicalHash(height)
                .orElseThrow(() -> new StoreFailure("the database names no block at height " + height));
        BlockRef left = new BlockRef(hash, height);
        ChainBatch batch = chain.store().batch().best(left);
        for (long number = height + 1; number <= best.number(); number++) {
            batch.noCanonical(number);
        }
        List<BlockRef> kept = new ArrayList<>(List.of(chain.finalised()));
        Set<Hash> parents = new HashSet<>();
        for (BlockRef block : chain.inspect(tree -> List.copyOf(tree.unfinalised()))) {
            if (block.number() > height) {
                batch.forget(block.hash()).removeState(block);
            } else {
                kept.add(block);
                parents.add(parent(chain, block.hash()));
            }
        }
        batch.leaves(kept.stream().filter(block -> !parents.contains(block.hash())).toList());
        consensus.accept(height, batch);
        batch.write(Durability.POWER);
        return left;
    }

    private static Hash parent(Chain chain, Hash block) {
        return chain.header(block).map(Header::parentHash)
                .orElseThrow(() -> new StoreFailure("the database lacks the header of block " + block));
    }
}
