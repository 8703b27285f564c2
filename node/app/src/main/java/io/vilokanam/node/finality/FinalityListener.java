package io.vilokanam.node.finality;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Equivocation;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.GrandpaJustification;

/** Hears what the voter does: log, metrics, RPC, and the network to come. Called on the voter's thread; only takes note. */
public interface FinalityListener {

    /** The voter begins a round of a set. */
    default void roundStarted(long setId, long round) {}

    /** A block was finalised by the voter's own round. */
    default void finalised(BlockRef block, GrandpaJustification justification) {}

    /** A message of ours for the other voters. */
    default void gossip(GossipMessage message) {}

    /** A voter contradicted itself. */
    default void equivocated(Equivocation.Proof proof) {}

    /** The voter votes as a member of a new set. */
    default void setStarted(long setId, int voters) {}
}
