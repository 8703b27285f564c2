package io.vilokanam.consensus.grandpa.voter;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Commit;

/**
 * A round that we have left but that is not settled ({@code finality_grandpa::voter::past_rounds}): it goes on counting
 * votes until its estimate is final, and tells the others its commit unless somebody was faster.
 */
final class BackgroundRound {

    private final VotingRound voting;
    private final long commitAt;
    private boolean isCommitDue = true;
    private Optional<BlockRef> committed = Optional.empty();

    BackgroundRound(VotingRound voting, long commitAt) {
        this.voting = voting;
        this.commitAt = commitAt;
    }

    VotingRound voting() {
        return voting;
    }

    /** Somebody else's commit for this round, which was checked. */
    void noteCommit(Commit commit) {
        if (committed.map(block -> block.number() < commit.target().number()).orElse(true)) {
            committed = Optional.of(commit.target());
        }
    }

    /** Our commit, once, where its time has come and nobody told as much. */
    Optional<Commit> commitDue(long nowMillis) {
        if (!isCommitDue || nowMillis < commitAt) {
            return Optional.empty();
        }
        isCommitDue = false;
        return voting.finalizingCommit().filter(
                commit -> committed.map(block -> block.number() < commit.target().number()).orElse(true));
    }

    Optional<Long> deadline() {
        return isCommitDue ? Optional.of(commitAt) : Optional.empty();
    }

    /** Whether nothing is left to do here. A round that we skipped may have no estimate and never get one. */
    boolean isConcluded(long finalizedNumber) {
        return !isCommitDue && voting.round().state().estimate()
                .map(estimate -> estimate.number() <= finalizedNumber).orElse(true);
    }
}
