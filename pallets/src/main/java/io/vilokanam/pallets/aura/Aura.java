package io.vilokanam.pallets.aura;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.PalletWithoutCalls;
import io.vilokanam.frame.session.SessionHandler;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.frame.time.OnTimestampSet;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;

/** Who may author in which slot ({@code pallet_aura}). It has no calls. */
public final class Aura implements PalletWithoutCalls<Aura.Call>, OnTimestampSet, SessionHandler {

    /** {@code slotDuration} in milliseconds. */
    public record Config(long slotDuration, int maxAuthorities) {}

    public record Genesis(List<PublicKey> authorities) {}

    /** There are none. */
    public enum Call {
    }

    static final Codec<Long> SLOT = struct((Long slot) -> slot, field("", "u64", Codecs.U64, (Long slot) -> slot))
            .named("sp_consensus_slots::Slot");

    private static final int AUTHORITIES_CHANGE = 1;

    private final Config config;
    private final CurrentBlock block;
    private final StorageValue<List<PublicKey>> authorities;
    private final StorageValue<Long> currentSlot;

    public Aura(PalletScope scope, Config config, CurrentBlock block) {
        this.config = config;
        this.block = block;
        this.authorities = scope.value("Authorities", BoundedVec.codec(PublicKey.AURA, config.maxAuthorities),
                List.of(), "The present authorities, in order.");
        this.currentSlot = scope.value("CurrentSlot", SLOT, 0L, "The slot of the current block.");
        scope.constant("SlotDuration", Codecs.U64, config.slotDuration, "The length of a slot, in milliseconds.");
    }

    public void build(Externalities ext, Genesis genesis) {
        initialise(ext, genesis.authorities);
    }

    private void initialise(Externalities ext, List<PublicKey> first) {
        if (first.isEmpty()) {
            return;
        }
        if (!authorities.get(ext).isEmpty()) {
            throw new RuntimePanic("Authorities are already initialized!");
        }
        if (first.size() > config.maxAuthorities) {
            throw new RuntimePanic("Initial authority set must be less than T::MaxAuthorities");
        }
        authorities.put(ext, first);
    }

    @Override
    public KeyTypeId keyType() {
        return KeyTypeId.AURA;
    }

    @Override
    public void onGenesisSession(Externalities ext, List<PublicKey> validators) {
        initialise(ext, validators);
    }

    /** Log 1 says that the authorities are others. An empty set is not taken, of one too large the first ones are. */
    @Override
    public void onNewSession(Externalities ext, long session, boolean changed, List<PublicKey> validators) {
        if (!changed || validators.isEmpty() || validators.equals(authorities.get(ext))) {
            return;
        }
        List<PublicKey> next = validators.subList(0, Math.min(validators.size(), config.maxAuthorities));
        authorities.put(ext, next);
        ScaleOutput log = new ScaleOutput().u8(AUTHORITIES_CHANGE);
        Codecs.vec(PublicKey.AURA).encode(next, log);
        block.depositLog(ext, new DigestItem.Consensus(DigestItem.AURA, log.toBytes()));
    }

    /**
     * The index of the authority in whose slot the current block is ({@code FindAuthor}); empty where the block claims no slot.
     */
    public Optional<Long> authorIndex(Externalities ext) {
        Optional<Long> slot = slotOfDigest(ext);
        if (slot.isEmpty()) {
            return Optional.empty();
        }
        long count = authorities.decodeLength(ext).orElse(0L);
        if (count == 0) {
            throw new RuntimePanic(
                    "attempt to calculate the remainder with a divisor of zero: there are no authorities");
        }
        return Optional.of(Long.remainderUnsigned(slot.get(), count));
    }

    @Override
    public Weight onInitialize(Externalities ext, long number) {
        Optional<Long> slot = slotOfDigest(ext);
        if (slot.isEmpty()) {
            return DbWeight.ROCKS_DB.reads(1);
        }
        if (Long.compareUnsigned(currentSlot.get(ext), slot.get()) >= 0) {
            throw new RuntimePanic("Slot must increase, from " + Long.toUnsignedString(currentSlot.get(ext)) + " to "
                    + Long.toUnsignedString(slot.get()));
        }
        currentSlot.put(ext, slot.get());
        if (authorities.decodeLength(ext).filter(length -> length == 0).isPresent()) {
            throw new RuntimePanic("No authority of an empty set can author a block");
        }
        return DbWeight.ROCKS_DB.readsWrites(2, 1);
    }

    /** The slot in the first pre-runtime item of Aura, if it is one. */
    private Optional<Long> slotOfDigest(Externalities ext) {
        for (DigestItem item : block.digest(ext).items()) {
            if (item instanceof DigestItem.PreRuntime(Bytes engine, Bytes payload) && engine.equals(DigestItem.AURA)) {
                return littleEndianU64(payload);
            }
        }
        return Optional.empty();
    }

    private static Optional<Long> littleEndianU64(Bytes payload) {
        if (payload.size() < 8) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value |= (payload.at(i) & 255L) << 8 * i;
        }
        return Optional.of(value);
    }

    @Override
    public void onTimestampSet(Externalities ext, long moment) {
        long slot = Long.divideUnsigned(moment, config.slotDuration);
        if (currentSlot.get(ext) != slot) {
            throw new RuntimePanic(
                    "Timestamp slot must match `CurrentSlot`: timestamp " + moment + " is in slot " + slot
                            + ", the block claims " + currentSlot.get(ext));
        }
    }

    public long slotDuration() {
        return config.slotDuration;
    }

    public List<PublicKey> authorities(Externalities ext) {
        return authorities.get(ext);
    }

    public long currentSlot(Externalities ext) {
        return currentSlot.get(ext);
    }
}
