package io.vilokanam.node.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.authoring.SteppedChain;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.scale.Bytes;

/** A block that came with its justification may be final before the voter says so. */
final class FinalisedTwiceTest {

    private static final long TWO_SLOTS_MILLIS = 4_000;
    private static final Justification NO_PROOF = new Justification(DigestItem.GRANDPA, Bytes.EMPTY);

    @Test
    void whatIsFinalAlreadyIsLeftAsItIsAndNotLookedAtAgain() throws Exception {
        try (SteppedChain chain = new SteppedChain()) {
            chain.pass(TWO_SLOTS_MILLIS, _ -> {});
            BlockRef last = chain.core().chain().finalised();
            assertEquals(2, last.number());
            BlockRef first = new BlockRef(chain.core().chain().canonicalHash(1).orElseThrow(), 1);
            for (BlockRef block : new BlockRef[]{first, last}) {
                assertFalse(chain.core().importer().finalise(block, NO_PROOF, () -> {
                    throw new AssertionError(block + " is final already");
                }));
            }
            assertEquals(last, chain.core().chain().finalised());
        }
    }
}
