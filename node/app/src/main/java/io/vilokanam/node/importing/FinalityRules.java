package io.vilokanam.node.importing;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.storage.ChainBatch;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;

/** What the importer needs of the finality gadget. All is called by the writing thread. */
public interface FinalityRules {

    /** Why the block's announcements to the gadget cannot be, before it is written; empty where they can. */
    Optional<String> refuse(BlockRef block, Header header);

    /** A block is about to be written: what changes with it goes into the same batch. */
    void imported(BlockRef block, Header header, ChainBatch batch);

    /** Whether a proof makes a block final; says why not. Other engines' proofs are none of its business. */
    Proof judge(BlockRef block, Justification justification);

    /** Blocks up to this one are about to become final: what changes with it goes into the same batch. */
    void finalised(BlockRef block, Optional<Justification> justification, ChainBatch batch);

    /** What a proof is worth. */
    sealed interface Proof {

        record Valid() implements Proof {}

        record Worthless(String why) implements Proof {}

        /** Made by another engine. */
        record Foreign() implements Proof {}
    }
}
