package io.vilokanam.consensus.grandpa.justification;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;

/** What {@link JustificationVerifier} says of a justification. */
public sealed interface JustificationVerdict {

    /** Its target is final in the given set. */
    record Valid(GrandpaJustification justification) implements JustificationVerdict {}

    /** It proves nothing. */
    sealed interface Invalid extends JustificationVerdict {
        /** One sentence with the numbers, for logs and for the peer's record. */
        String reason();
    }

    /** The bytes are not a justification. */
    record Malformed(String why) implements Invalid {
        @Override
        public String reason() {
            return "the justification does not decode: " + why;
        }
    }

    /** The authorities it is checked against are no voter set: empty, or too heavy. */
    record NoVoterSet(int authorities) implements Invalid {
        @Override
        public String reason() {
            return authorities + " authorities make no voter set";
        }
    }

    /** It is for another block than the one asked about. */
    record OtherBlock(BlockRef expected, BlockRef actual) implements Invalid {
        @Override
        public String reason() {
            return "expected a justification of " + expected + ", got one of " + actual;
        }
    }

    /** No precommit is by a member of the set. */
    record NoVoters(int precommits) implements Invalid {
        @Override
        public String reason() {
            return "none of " + precommits + " precommits is by a member of the set";
        }
    }

    /** The headers it brings do not lead from this precommit to the lowest one. */
    record MissingAncestry(BlockRef precommitted, BlockRef lowest) implements Invalid {
        @Override
        public String reason() {
            return "no header leads from the precommitted block " + precommitted + " to " + lowest;
        }
    }

    /** The precommits finalise another block than the target, or none. Weights are unsigned. */
    record OtherTarget(BlockRef target, Optional<BlockRef> ghost, long weight, long threshold) implements Invalid {
        @Override
        public String reason() {
            return "the precommits finalise " + ghost.map(BlockRef::toString).orElse("nothing") + ", not " + target
                    + " (weight " + Long.toUnsignedString(weight) + ", threshold " + Long.toUnsignedString(threshold)
                    + ")";
        }
    }

    /** A precommit's signature is not its signer's for this round and set. */
    record BadSignature(PublicKey signer, BlockRef target, long round, long setId) implements Invalid {
        @Override
        public String reason() {
            return "bad signature of " + signer + " for " + target + " in round " + Long.toUnsignedString(round)
                    + " of set " + Long.toUnsignedString(setId);
        }
    }

    /** A header is on no precommit's way to the lowest precommitted block. */
    record UnusedHeader(Hash header) implements Invalid {
        @Override
        public String reason() {
            return "the header " + header + " is on no precommit's way";
        }
    }
}
