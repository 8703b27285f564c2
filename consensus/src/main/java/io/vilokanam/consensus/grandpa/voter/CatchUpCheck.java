package io.vilokanam.consensus.grandpa.voter;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.consensus.Ancestry;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.consensus.grandpa.round.Phase;
import io.vilokanam.consensus.grandpa.round.Round;
import io.vilokanam.consensus.grandpa.round.VoteImport;
import io.vilokanam.primitives.PublicKey;

/** Rebuilds a round from a catch-up ({@code finality_grandpa::voter::validate_catch_up}). */
final class CatchUpCheck {

    private CatchUpCheck() {}

    /**
     * The completed round; empty where a voter is not in the set, a supermajority is missing in a phase, a vote is not
     * above the base, or the votes do not complete the round.
     */
    static Optional<Round> completedRound(CatchUp catchUp, VoterSet voters, Ancestry chain) {
        if (!isSupermajority(catchUp.prevotes(), voters) || !isSupermajority(catchUp.precommits(), voters)) {
            return Optional.empty();
        }
        Round round = new Round(catchUp.round(), voters, catchUp.base());
        boolean isSound = importAll(round, Phase.PREVOTE, catchUp.prevotes(), chain)
                && importAll(round, Phase.PRECOMMIT, catchUp.precommits(), chain);
        return isSound && round.state().completable() ? Optional.of(round) : Optional.empty();
    }

    private static boolean isSupermajority(List<SignedTarget> votes, VoterSet voters) {
        Set<PublicKey> counted = new HashSet<>();
        long weight = 0;
        for (SignedTarget vote : votes) {
            Optional<VoterSet.Voter> voter = voters.voter(vote.id());
            if (voter.isEmpty()) {
                return false;
            }
            if (counted.add(vote.id())) {
                weight += voter.get().weight();
            }
        }
        return voters.isSupermajority(weight);
    }

    private static boolean importAll(Round round, Phase phase, List<SignedTarget> votes, Ancestry chain) {
        return votes.stream()
                .noneMatch(vote -> round.importVote(phase, vote, chain) instanceof VoteImport.NotDescendant);
    }
}
