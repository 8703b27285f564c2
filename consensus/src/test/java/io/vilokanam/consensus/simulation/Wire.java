package io.vilokanam.consensus.simulation;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

/** What nodes send each other in a simulation. */
sealed interface Wire {

    /** A block: announced, or asked for. */
    record Block(Header header) implements Wire {}

    record BlockRequest(Hash hash) implements Wire {}

    /** A notification of {@code grandpa/1}. */
    record Gossip(Bytes notification) implements Wire {}

    record JustificationRequest(BlockRef block) implements Wire {}

    record JustificationAnswer(GrandpaJustification justification) implements Wire {}
}
