package io.vilokanam.rpc.backend;

import java.util.List;

import io.vilokanam.primitives.Hash;

/** Hears of blocks as the node takes them in and finalises them. Parents are imported before their children. */
public interface ChainListener {

    void imported(ImportedBlock block);

    /**
     * Blocks became final in one step.
     *
     * @param finalised all blocks that became final, ascending; the last is the finalised block from now on
     * @param pruned blocks that can never become final any more because of this step, in any order
     */
    void finalised(List<Hash> finalised, List<Hash> pruned);
}
