package io.vilokanam.consensus.grandpa.voter;

import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.ChainView;

/**
 * How far a voter dares to prevote ({@code sc_consensus_grandpa::voting_rule}). Any rule is safe; bold ones finalise
 * sooner, shy ones are less often overtaken by a reorganisation.
 */
@FunctionalInterface
public interface VotingRule {

    /**
     * The block to vote for instead of {@code current}: an ancestor of it, or {@code base}; empty where the rule does
     * not mind.
     *
     * @param base the block that the vote must contain
     * @param best the head of the best chain
     */
    Optional<BlockRef> restrict(ChainView chain, BlockRef base, BlockRef best, BlockRef current);

    /**
     * No restriction: the head of the best chain. The default of a development chain, whose one author never leaves a
     * branch, so that a block is final within a slot.
     */
    VotingRule NONE = (_, _, _, _) -> Optional.empty();

    /** What stock nodes do: two blocks behind the best one, and no more than three quarters of what is not final. */
    VotingRule STOCK = all(List.of(beforeBestBy(2), threeQuarters()));

    /** Stays {@code blocks} behind the best block, or at the base where that is nearer. */
    static VotingRule beforeBestBy(long blocks) {
        return (chain, base, best, current) -> {
            if (current.number() == 0) {
                return Optional.empty();
            }
            if (base.number() + blocks > best.number()) {
                return Optional.of(base);
            }
            return below(chain, current, best.number() - blocks);
        };
    }

    /** Goes three quarters (rounded up) of the way from the base to the best block. */
    static VotingRule threeQuarters() {
        return (chain, base, best, current) -> below(chain, current,
                base.number() + ((best.number() - base.number()) * 3 + 2) / 4);
    }

    private static Optional<BlockRef> below(ChainView chain, BlockRef current, long number) {
        return number >= current.number() ? Optional.empty() : chain.ancestorAt(current, number);
    }

    /** One rule after the other; what is not between base and the present target is ignored. */
    static VotingRule all(List<VotingRule> rules) {
        List<VotingRule> inOrder = List.copyOf(rules);
        return (chain, base, best, current) -> {
            BlockRef target = current;
            for (VotingRule rule : inOrder) {
                target = applied(rule, chain, base, best, target);
            }
            return target.equals(current) ? Optional.empty() : Optional.of(target);
        };
    }

    /** The target under this rule. */
    static BlockRef applied(VotingRule rule, ChainView chain, BlockRef base, BlockRef best, BlockRef target) {
        return rule.restrict(chain, base, best, target)
                .filter(other -> other.number() >= base.number() && other.number() < target.number()).orElse(target);
    }
}
