package io.vilokanam.node.finality;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.Equivocation;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.VoterSet;

/** Hears what the voter does: log, metrics, RPC, and the network. Called on the voter's thread; only takes note. */
public interface FinalityListener {

    /** The voter begins a round of a set. */
    default void roundStarted(long setId, long round) {}

    /** A block was finalised by the voter's own round. */
    default void finalised(BlockRef block, GrandpaJustification justification) {}

    /** A message of ours for the other voters. */
    default void gossip(GossipMessage message) {}

    /** A voter contradicted itself. */
    default void equivocated(Equivocation.Proof proof) {}

    /** The voter follows a new set, as a member or not. */
    default void setStarted(long setId, VoterSet voters) {}

    /** A message of others is about a block that nobody here knows. */
    default void blockWanted(BlockRef block) {}

    /** A commit of others was looked at. */
    default void commitJudged(long round, Commit commit, boolean isGood) {}

    /** A catch-up of others was looked at. */
    default void catchUpJudged(CatchUp catchUp, boolean isGood) {}
}
