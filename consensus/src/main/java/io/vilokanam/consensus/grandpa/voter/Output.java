package io.vilokanam.consensus.grandpa.voter;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.Equivocation;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.primitives.PublicKey;

/** What a {@link GrandpaVoter} wants done, in this order. */
public sealed interface Output {

    /** Write this to disk and wait until it is there before any later output is performed. */
    record Persist(VoterState state) implements Output {}

    /** Sign this vote of ours and hand it back as {@link Input.VoteSigned}. Its {@link Persist} came before. */
    record SignVote(long round, long setId, PublicKey id, Vote vote) implements Output {}

    /** Send this message of ours to whom it concerns. */
    record Gossip(GossipMessage message) implements Output {}

    /** We are in this round now: peers want to know. */
    record RoundStarted(long round) implements Output {}

    /** The block and its ancestors are final. */
    record Finalize(BlockRef block, long round, GrandpaJustification justification) implements Output {}

    /** Hand in {@link Input.TimerFired} at this time; replaces the time asked for before. */
    record SetTimer(long atMillis) implements Output {}

    /** Another voter contradicted itself. */
    record ReportEquivocation(Equivocation.Proof proof) implements Output {}

    /** A vote, commit or catch-up waits for this block, which nobody here knows: ask peers for it. */
    record SeekBlock(BlockRef block) implements Output {}

    /** A received commit was worth the work, or was not: for its sender's reputation. */
    record CommitJudged(long round, Commit commit, boolean isGood) implements Output {}

    /** A received catch-up was worth the work, or was not: for its sender's reputation. */
    record CatchUpJudged(CatchUp catchUp, boolean isGood) implements Output {}

    /** The set's last block is final: this voter is done, the next set's voter starts from that block. */
    record SetEnded(BlockRef lastBlock) implements Output {}
}
