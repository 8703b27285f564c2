package io.vilokanam.node.authoring;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;

/** Hears what authoring does: log and metrics. */
public interface SlotListener {

    /** It is our turn and building begins. */
    void started(BlockRef parent);

    void proposed(Proposal proposal, Hash unsealed);

    /** The block got its seal and with it another hash. */
    void sealed(BlockRef block, Hash unsealed);

    /** Nothing came of our turn. */
    void failed(long slot, String why);
}
