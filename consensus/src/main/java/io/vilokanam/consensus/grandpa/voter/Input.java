package io.vilokanam.consensus.grandpa.voter;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.SignedVote;

/**
 * What happens to a {@link GrandpaVoter}. Times are milliseconds of any clock that never goes back. Votes, commits and
 * catch-ups are of the voter's set and their signatures have been checked.
 */
public sealed interface Input {

    long nowMillis();

    /** The first input, once. */
    record Started(long nowMillis) implements Input {}

    /** The time of the last {@link Output.SetTimer} has come; may also come early or for nothing. */
    record TimerFired(long nowMillis) implements Input {}

    /** A block is stored and known to the chain view. */
    record BlockImported(long nowMillis, BlockRef block) implements Input {}

    /** Another voter's message. */
    record VoteReceived(long nowMillis, long round, SignedVote vote) implements Input {}

    /** Our own vote, signed as {@link Output.SignVote} asked for: only now it counts. */
    record VoteSigned(long nowMillis, long round, SignedVote vote) implements Input {}

    /** A commit of any round of the set. */
    record CommitReceived(long nowMillis, long round, Commit commit) implements Input {}

    /** The votes of a round that others completed. */
    record CatchUpReceived(long nowMillis, CatchUp catchUp) implements Input {}

    /** A block became final by other means, such as a justification from sync. */
    record FinalityLearnt(long nowMillis, BlockRef block) implements Input {}
}
