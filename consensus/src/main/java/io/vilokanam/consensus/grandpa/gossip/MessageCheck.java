package io.vilokanam.consensus.grandpa.gossip;

import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.SignatureCheck;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.SignedVote;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.VoterSet;

/**
 * The checks of a message that need no chain ({@code check_compact_commit}, {@code check_catch_up} and the vote check
 * of {@code sc_consensus_grandpa::communication}): members, weight, signatures. Each answers what a bad message costs,
 * or nothing.
 */
record MessageCheck(SignatureCheck ed25519, long setId, VoterSet voters) {

    Optional<Reputation> vote(SignedVote vote, long round) {
        if (!voters.contains(vote.id())) {
            return Optional.of(Reputation.UNKNOWN_VOTER);
        }
        return vote.isSigned(ed25519, round, setId) ? Optional.empty() : Optional.of(Reputation.BAD_SIGNATURE);
    }

    Optional<Reputation> commit(Commit commit, long round) {
        if (!isWeightInRange(commit.precommits())) {
            return Optional.of(Reputation.MALFORMED_COMMIT);
        }
        int checked = firstBad(commit.precommits(), Stage.PRECOMMIT, round);
        return checked == commit.precommits().size() ? Optional.empty() : Optional.of(Reputation.badCommit(checked));
    }

    Optional<Reputation> catchUp(CatchUp catchUp) {
        if (!isWeightInRange(catchUp.prevotes()) || !isWeightInRange(catchUp.precommits())) {
            return Optional.of(Reputation.MALFORMED_CATCH_UP);
        }
        int prevotes = firstBad(catchUp.prevotes(), Stage.PREVOTE, catchUp.round());
        if (prevotes < catchUp.prevotes().size()) {
            return Optional.of(Reputation.badCatchUp(prevotes + 1));
        }
        int precommits = firstBad(catchUp.precommits(), Stage.PRECOMMIT, catchUp.round());
        return precommits == catchUp.precommits().size() ? Optional.empty()
                : Optional.of(Reputation.badCatchUp(prevotes + precommits + 1));
    }

    /**
     * All are members, and together, each vote counted, between the threshold and all plus the third that may vote
     * twice.
     */
    private boolean isWeightInRange(List<SignedTarget> votes) {
        long spare = voters.totalWeight() - voters.threshold();
        long weight = 0;
        for (SignedTarget vote : votes) {
            Optional<VoterSet.Voter> voter = voters.voter(vote.id());
            if (voter.isEmpty()) {
                return false;
            }
            long sum = weight + voter.get().weight();
            boolean isOverflow = Long.compareUnsigned(sum, weight) < 0;
            if (isOverflow || Long.compareUnsigned(sum, voters.totalWeight()) > 0
                    && Long.compareUnsigned(sum - voters.totalWeight(), spare) > 0) {
                return false;
            }
            weight = sum;
        }
        return voters.isSupermajority(weight);
    }

    /** The index of the first vote whose signature is bad; the count where all are good. */
    private int firstBad(List<SignedTarget> votes, Stage stage, long round) {
        int at = 0;
        while (at < votes.size() && votes.get(at).in(stage).isSigned(ed25519, round, setId)) {
            at++;
        }
        return at;
    }
}
