package io.vilokanam.consensus.aura;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Header;

/** What {@link AuraVerifier} says of a sealed header. Slots are unsigned 64-bit numbers. */
public sealed interface AuraVerdict {

    /**
     * The header is the right author's.
     *
     * @param unsealed the header without the seal: what the runtime executes
     * @param hash the block hash, over the sealed header
     */
    record Valid(long slot, PublicKey author, Header unsealed, Hash hash) implements AuraVerdict {}

    /** The header is refused. */
    sealed interface Invalid extends AuraVerdict {
        /** One sentence with the numbers, for logs and for the peer's record. */
        String reason();
    }

    /** The digest is empty: nobody sealed it. */
    record Unsealed() implements Invalid {
        @Override
        public String reason() {
            return "the header is not sealed: its digest is empty";
        }
    }

    /** The last digest item is something else than an Aura seal of 64 bytes. */
    record MalformedSeal() implements Invalid {
        @Override
        public String reason() {
            return "the last digest item is not an Aura seal of " + AuraDigest.SEAL_SIZE + " bytes";
        }
    }

    /** No pre-runtime item holds a slot. */
    record MissingSlot() implements Invalid {
        @Override
        public String reason() {
            return "no Aura pre-runtime item holds a slot";
        }
    }

    /** More than one pre-runtime item holds a slot. */
    record SeveralSlots(int count) implements Invalid {
        @Override
        public String reason() {
            return "expected one Aura pre-runtime item, got " + count;
        }
    }

    /** The slot has not come yet, even with the allowed drift. The block may become valid later. */
    record SlotInFuture(long slot, long latestAllowed) implements Invalid {
        @Override
        public String reason() {
            return "slot " + Long.toUnsignedString(slot) + " is in the future, the latest allowed is " + latestAllowed;
        }
    }

    /** The parent block has this slot or a later one. */
    record SlotNotIncreasing(long slot, long parentSlot) implements Invalid {
        @Override
        public String reason() {
            return "slot " + Long.toUnsignedString(slot) + " does not follow its parent's slot "
                    + Long.toUnsignedString(parentSlot);
        }
    }

    /** There is nobody who could author. */
    record NoAuthorities() implements Invalid {
        @Override
        public String reason() {
            return "the authority set is empty";
        }
    }

    /** The seal is good, but by an authority whose turn it is not. */
    record WrongAuthor(long slot, PublicKey expected, PublicKey actual) implements Invalid {
        @Override
        public String reason() {
            return "slot " + Long.toUnsignedString(slot) + " belongs to " + expected + ", sealed by " + actual;
        }
    }

    /** The seal is not the expected author's signature over the header. */
    record BadSignature(long slot, PublicKey expected) implements Invalid {
        @Override
        public String reason() {
            return "the seal is not a signature of " + expected + ", the author of slot " + Long.toUnsignedString(slot);
        }
    }
}
