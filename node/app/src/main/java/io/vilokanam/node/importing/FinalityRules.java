package io.vilokanam.node.importing;

import java.util.function.Consumer;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.storage.ChainBatch;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;

/** What the importer needs of the finality gadget. All is called by the writing thread. */
public interface FinalityRules {

    /** What the gadget says of a block that is about to be written. */
    Plan plan(Header header);

    /** Whether a proof makes a block of the tree final; says why not. */
    Proof judge(BlockRef block, Justification justification);

    /**
     * A block of the tree, and all before it, are about to become final: what changes with it goes into the same batch. Asked
     * only where {@link #judge} or the gadget's own voter said so.
     */
    void finalised(BlockRef block, Justification justification, ChainBatch batch);

    /** Whether a block can be written. */
    sealed interface Plan {

        /** It can; {@code write} adds what changes with it to the batch and takes note of it. */
        record Go(Consumer<ChainBatch> write) implements Plan {}

        /** What it announces cannot be. */
        record Refused(String why) implements Plan {}
    }

    /** What a proof is worth. */
    sealed interface Proof {

        record Valid() implements Proof {}

        record Worthless(String why) implements Proof {}

        /** Made by another engine. */
        record Foreign() implements Proof {}
    }
}
