package io.vilokanam.consensus.grandpa.round;

import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.Ancestry;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.VoterSet;

/**
 * Whether a commit's precommits finalise exactly its target ({@code finality_grandpa::validate_commit}). Signatures are
 * checked elsewhere. Precommits of non-members do not count; duplicates count once; who equivocates counts for every
 * block.
 */
public sealed interface CommitCheck {

    record Valid() implements CommitCheck {}

    /** No precommit is by a member of the set. */
    record NoVoters(int precommits) implements CommitCheck {}

    /** A precommit is for a block that does not descend from the lowest precommitted one, as far as is known. */
    record NotDescendant(BlockRef precommitted, BlockRef lowest) implements CommitCheck {}

    /** The precommits finalise another block, or none. */
    record OtherTarget(BlockRef target, Optional<BlockRef> ghost, long weight, long threshold) implements CommitCheck {}

    static CommitCheck of(Commit commit, VoterSet voters, Ancestry chain) {
        List<SignedTarget> precommits = commit.precommits().stream().filter(vote -> voters.contains(vote.id()))
                .toList();
        Optional<BlockRef> lowest = GrandpaJustification.lowest(precommits);
        if (lowest.isEmpty()) {
            return new NoVoters(commit.precommits().size());
        }
        for (SignedTarget precommit : precommits) {
            if (!chain.isEqualOrDescendant(lowest.get().hash(), precommit.target().hash())) {
                return new NotDescendant(precommit.target(), lowest.get());
            }
        }
        Round round = new Round(0, voters, lowest.get());
        precommits.forEach(precommit -> round.importVote(Phase.PRECOMMIT, precommit, chain));
        Optional<BlockRef> ghost = round.precommitGhost();
        return ghost.filter(commit.target()::equals).<CommitCheck>map(_ -> new Valid()).orElseGet(
                () -> new OtherTarget(commit.target(), ghost, round.weight(Phase.PRECOMMIT), voters.threshold()));
    }
}
