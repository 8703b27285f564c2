package io.vilokanam.consensus.aura;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/**
 * What Aura writes into a header: the slot as a pre-runtime item and the author's signature as the last item. As in the
 * reference ({@code sp_consensus_aura::digests}), an item of engine {@code aura} that is too short is no slot or seal,
 * and bytes behind the expected ones are not looked at.
 */
public final class AuraDigest {

    static final int SEAL_SIZE = 64;
    private static final int SLOT_SIZE = 8;

    private AuraDigest() {}

    /** The item that opens a block's digest: the slot as u64, little endian. */
    public static DigestItem preDigest(long slot) {
        return new DigestItem.PreRuntime(DigestItem.AURA, new ScaleOutput().u64(slot).toBytes());
    }

    /** The item that closes it: an sr25519 signature of 64 bytes over the hash of the header without this item. */
    public static DigestItem seal(Bytes signature) {
        if (signature.size() != SEAL_SIZE) {
            throw new IllegalArgumentException("a seal has " + SEAL_SIZE + " bytes, got " + signature.size());
        }
        return new DigestItem.Seal(DigestItem.AURA, signature);
    }

    /** The slot of a header that is known to have exactly one, such as that of an imported block. Genesis is slot 0. */
    public static Optional<Long> slotOf(Header header) {
        if (header.number() == 0) {
            return Optional.of(0L);
        }
        List<Long> slots = slots(header.digest());
        return slots.size() == 1 ? Optional.of(slots.getFirst()) : Optional.empty();
    }

    /** The header as its author signed it: without the last item. */
    public static Header unsealed(Header header) {
        List<DigestItem> items = header.digest().items();
        return header.withDigest(new Digest(items.subList(0, items.size() - 1)));
    }

    /** All slots of a digest, in order: a well-formed one has exactly one. */
    static List<Long> slots(Digest digest) {
        List<Long> slots = new ArrayList<>();
        for (DigestItem item : digest.items()) {
            if (item instanceof DigestItem.PreRuntime(var engine, var payload) && engine.equals(DigestItem.AURA)
                    && payload.size() >= SLOT_SIZE) {
                slots.add(littleEndian(payload));
            }
        }
        return slots;
    }

    private static long littleEndian(Bytes payload) {
        long slot = 0;
        for (int i = 0; i < SLOT_SIZE; i++) {
            slot |= (payload.at(i) & 255L) << 8 * i;
        }
        return slot;
    }

    /** The 64 bytes of a seal by Aura. */
    static Optional<Bytes> signature(DigestItem item) {
        if (item instanceof DigestItem.Seal(var engine, var payload) && engine.equals(DigestItem.AURA)
                && payload.size() >= SEAL_SIZE) {
            return Optional.of(payload.size() == SEAL_SIZE ? payload
                    : Bytes.wrap(Arrays.copyOf(payload.view(), SEAL_SIZE)));
        }
        return Optional.empty();
    }

    /** The messages of the runtime to Aura in this header, in order; those that do not decode are skipped. */
    public static List<AuraLog> logs(Header header) {
        List<AuraLog> logs = new ArrayList<>();
        for (DigestItem item : header.digest().items()) {
            if (item instanceof DigestItem.Consensus(var engine, var payload) && engine.equals(DigestItem.AURA)) {
                decode(payload).ifPresent(logs::add);
            }
        }
        return logs;
    }

    private static Optional<AuraLog> decode(Bytes payload) {
        try {
            return Optional.of(AuraLog.CODEC.decode(new ScaleInput(payload.view())));
        } catch (ScaleException unknownLog) {
            // A runtime may log what this node does not know; it is not for us.
            return Optional.empty();
        }
    }

    /** The authorities that take over after this block, where it says so; the first such message counts. */
    public static Optional<List<PublicKey>> authoritiesChange(Header header) {
        return logs(header).stream().filter(AuraLog.AuthoritiesChange.class::isInstance)
                .map(log -> ((AuraLog.AuthoritiesChange) log).authorities()).findFirst();
    }
}
