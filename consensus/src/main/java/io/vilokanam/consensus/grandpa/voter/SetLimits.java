package io.vilokanam.consensus.grandpa.voter;

import java.util.Optional;
import java.util.function.Supplier;

import io.vilokanam.consensus.Ancestry;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.authorities.AuthoritySet;
import io.vilokanam.consensus.grandpa.authorities.SetChangeException;

/** How far the voter's set reaches: pending changes of the authority set, as a voter needs to know them. */
public interface SetLimits {

    /** Nobody votes beyond a block that ends the set: the lowest such height from {@code min} on. */
    Optional<Long> voteLimit(long min);

    /** Whether the finality of this block ends the set. */
    boolean isEndedBy(BlockRef finalized);

    /** The limits that an authority set knows of; {@code set} answers the present one each time. */
    static SetLimits of(Supplier<AuthoritySet> set, Ancestry chain) {
        return new SetLimits() {
            @Override
            public Optional<Long> voteLimit(long min) {
                return set.get().voteLimit(min);
            }

            @Override
            public boolean isEndedBy(BlockRef finalized) {
                try {
                    return set.get().finalizing(finalized, chain).newSet().isPresent();
                } catch (SetChangeException refused) {
                    // Finalising this block will fail for whoever applies it; until then this set has nothing more to
                    // say.
                    return true;
                }
            }
        };
    }
}
