package io.vilokanam.consensus.aura;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.SignatureCheck;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

/**
 * The rules of Aura for one header, in the order of {@code sc_consensus_aura::standalone::check_header_slot_and_seal}:
 * seal, slot, time, author, signature. Does not look for two blocks in one slot.
 */
public final class AuraVerifier {

    /** How many slots ahead of our clock a block may be, for clocks that drift a little. */
    public static final long SLOT_DRIFT_MAX = 1;

    /** A bad seal is tried against at most this many other authorities to name the real signer. */
    private static final int SUSPECTS_MAX = 16;

    private final SignatureCheck sr25519;

    public AuraVerifier(SignatureCheck sr25519) {
        this.sr25519 = sr25519;
    }

    /** Whose turn a slot is: {@code authorities[slot mod n]}, or nobody's where there is none. The slot is unsigned. */
    public static Optional<PublicKey> author(long slot, List<PublicKey> authorities) {
        if (authorities.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(authorities.get((int) Long.remainderUnsigned(slot, authorities.size())));
    }

    /** What an author signs: the hash of the header without the seal. */
    public static Hash sealedMessage(Header unsealed) {
        return BlockRef.hashOf(unsealed);
    }

    /** What the seal of a header claims: that the author of its slot signed it. */
    public record Claim(PublicKey author, Hash message, Bytes signature) {}

    /** The claim of a header's seal if the authorities are these; nothing where the header is not well formed. */
    public static Optional<Claim> claim(Header header, List<PublicKey> authorities) {
        List<DigestItem> items = header.digest().items();
        Optional<Bytes> signature = items.isEmpty() ? Optional.empty() : AuraDigest.signature(items.getLast());
        if (signature.isEmpty()) {
            return Optional.empty();
        }
        Header unsealed = AuraDigest.unsealed(header);
        List<Long> slots = AuraDigest.slots(unsealed.digest());
        return slots.size() == 1
                ? author(slots.getFirst(), authorities)
                        .map(author -> new Claim(author, sealedMessage(unsealed), signature.get()))
                : Optional.empty();
    }

    /**
     * Checks a sealed header.
     *
     * @param authorities those of the parent block's state
     * @param slotNow the slot of our clock
     * @param parentSlot the slot of the parent; empty where it is unknown or the parent is the genesis block
     */
    public AuraVerdict check(Header header, List<PublicKey> authorities, long slotNow, OptionalLong parentSlot) {
        List<DigestItem> items = header.digest().items();
        if (items.isEmpty()) {
            return new AuraVerdict.Unsealed();
        }
        Optional<Bytes> signature = AuraDigest.signature(items.getLast());
        if (signature.isEmpty()) {
            return new AuraVerdict.MalformedSeal();
        }
        Header unsealed = AuraDigest.unsealed(header);
        List<Long> slots = AuraDigest.slots(unsealed.digest());
        if (slots.isEmpty()) {
            return new AuraVerdict.MissingSlot();
        }
        if (slots.size() > 1) {
            return new AuraVerdict.SeveralSlots(slots.size());
        }
        long slot = slots.getFirst();
        if (Long.compareUnsigned(slot, slotNow + SLOT_DRIFT_MAX) > 0) {
            return new AuraVerdict.SlotInFuture(slot, slotNow + SLOT_DRIFT_MAX);
        }
        if (parentSlot.isPresent() && Long.compareUnsigned(slot, parentSlot.getAsLong()) <= 0) {
            return new AuraVerdict.SlotNotIncreasing(slot, parentSlot.getAsLong());
        }
        Optional<PublicKey> author = author(slot, authorities);
        if (author.isEmpty()) {
            return new AuraVerdict.NoAuthorities();
        }
        byte[] message = sealedMessage(unsealed).bytes().view();
        if (sr25519.verify(author.get(), message, signature.get())) {
            return new AuraVerdict.Valid(slot, author.get(), unsealed, BlockRef.hashOf(header));
        }
        return authorities.stream().limit(SUSPECTS_MAX)
                .filter(other -> !other.equals(author.get()) && sr25519.verify(other, message, signature.get()))
                .findFirst().<AuraVerdict>map(other -> new AuraVerdict.WrongAuthor(slot, author.get(), other))
                .orElse(new AuraVerdict.BadSignature(slot, author.get()));
    }
}
