package io.vilokanam.consensus.grandpa.voter;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.ChainView;
import io.vilokanam.primitives.Hash;

/** Finds the block to prevote for ({@code best_chain_containing} of {@code sc_consensus_grandpa::environment}). */
record VoteTarget(ChainView chain, SetLimits limits, VotingRule rule) {

    /**
     * The head of the best chain where that contains {@code base}, else {@code base} itself; held back by the end of
     * the authority set and by the voting rule. Empty where {@code base} is unknown.
     */
    Optional<BlockRef> bestContaining(Hash base) {
        Optional<BlockRef> known = chain.block(base);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        BlockRef head = chain.best();
        BlockRef best = chain.isEqualOrDescendant(base, head.hash()) ? head : known.get();
        BlockRef target = limits.voteLimit(known.get().number()).filter(limit -> limit < best.number())
                .flatMap(limit -> chain.ancestorAt(best, limit)).orElse(best);
        return Optional.of(VotingRule.applied(rule, chain, known.get(), best, target));
    }
}
