package io.vilokanam.primitives.inherent;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** What a block's author knows that the runtime does not, by 8-byte identifier ({@code sp_inherents::InherentData}). */
public record InherentData(SortedMap<Bytes, Bytes> entries) {

    /** The identifier of the timestamp, a u64 of milliseconds: {@code timstap0}, spelt as the reference spells it. */
    public static final Bytes TIMESTAMP = Bytes.ascii("timstap0");

    /** The identifier of the Aura slot, a u64. */
    public static final Bytes AURA_SLOT = Bytes.ascii("auraslot");

    public static final Codec<InherentData> CODEC = struct(InherentData::new,
            field("data", Codecs.map(Codecs.fixedBytes(8), Codecs.BYTES), InherentData::entries))
            .named("sp_inherents::InherentData");

    public InherentData {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** The u64 under {@code identifier}; empty where there is none, or bytes that are no u64. */
    public Optional<Long> u64(Bytes identifier) {
        Bytes value = entries.get(identifier);
        if (value == null || value.size() != 8) {
            return Optional.empty();
        }
        long number = 0;
        for (int i = 0; i < 8; i++) {
            number |= (value.at(i) & 255L) << 8 * i;
        }
        return Optional.of(number);
    }
}
