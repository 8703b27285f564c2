package io.vilokanam.node.blocktree;

import java.util.List;

import io.vilokanam.consensus.BlockRef;

/**
 * The way from one block to another.
 *
 * @param retracted the blocks left behind, newest first
 * @param common the last block that both ends have
 * @param enacted the blocks entered, oldest first
 */
public record TreeRoute(List<BlockRef> retracted, BlockRef common, List<BlockRef> enacted) {

    public TreeRoute {
        retracted = List.copyOf(retracted);
        enacted = List.copyOf(enacted);
    }

    /** Whether blocks were left for others. */
    public boolean isReorganisation() {
        return !retracted.isEmpty();
    }
}
