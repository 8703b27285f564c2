package io.vilokanam.node.storage;

import io.vilokanam.consensus.BlockRef;

/**
 * A block that finality passed by.
 *
 * @param base a final block that it was built on, by its number: the finalised one when it lost
 */
public record LostBlock(BlockRef block, long base) {

    /** What of a block that lost is still here. */
    public enum Part {
        /** The rows that it wrote, while its header is here: an archive keeps them. */
        STATE,
        /** Its header, body and justifications: an archive keeps them. */
        BLOCK,
        /** The rows that it wrote, of no use to anybody without a header. */
        ORPHANED_STATE
    }
}
