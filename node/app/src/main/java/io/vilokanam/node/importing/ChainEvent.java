package io.vilokanam.node.importing;

import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.host.state.StateChanges;
import io.vilokanam.node.blocktree.TreeRoute;
import io.vilokanam.primitives.header.Header;

/** Something that happened to the chain. */
public sealed interface ChainEvent {

    /**
     * A block became part of the chain.
     *
     * @param route the way from the former best block, where this one is the best now
     * @param changes what it wrote
     */
    record Imported(BlockRef block, Header header, BlockOrigin origin, Optional<TreeRoute> route, StateChanges changes)
            implements ChainEvent {

        /** Whether it is one of many that were made some time ago: news to nobody, as with stock nodes. */
        public boolean isPast() {
            return origin == BlockOrigin.SYNC;
        }
    }

    /**
     * Blocks became final.
     *
     * @param finalised oldest first, the last one is the finalised block now
     * @param pruned the blocks that lost
     * @param route the way from the former best block, where that one lost
     */
    record Finalised(List<BlockRef> finalised, List<BlockRef> pruned, Optional<TreeRoute> route) implements ChainEvent {

        public Finalised {
            finalised = List.copyOf(finalised);
            pruned = List.copyOf(pruned);
        }

        public BlockRef last() {
            return finalised.getLast();
        }
    }
}
