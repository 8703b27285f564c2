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
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

/**
 * What the author of a block tells the runtime of the outside world ({@code sp_inherents::InherentData}): encoded values by
 * identifiers of eight bytes, in their order.
 */
public record InherentData(SortedMap<Bytes, Bytes> entries) {

    public static final int IDENTIFIER_SIZE = 8;

    /** The timestamp's identifier, misspelt as the reference spells it; the value is a u64 of milliseconds. */
    public static final Bytes TIMESTAMP = Bytes.ascii("timstap0");

    /** The Aura slot's identifier; the value is a u64. */
    public static final Bytes AURA_SLOT = Bytes.ascii("auraslot");

    public static final InherentData EMPTY = new InherentData(Collections.emptySortedMap());

    public static final Codec<InherentData> CODEC = struct(InherentData::new,
            field("data", "BTreeMap<InherentIdentifier, Vec<u8>>",
                    Codecs.map(Codecs.fixedBytes(IDENTIFIER_SIZE), Codecs.BYTES), InherentData::entries))
            .named("sp_inherents::InherentData");

    public InherentData {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** The same with one more entry; an entry that is there already is replaced. */
    public <T> InherentData with(Bytes identifier, Codec<T> codec, T value) {
        SortedMap<Bytes, Bytes> more = new TreeMap<>(entries);
        more.put(identifier, Bytes.wrap(codec.encode(value)));
        return new InherentData(more);
    }

    /** The value under {@code identifier}; bytes behind the value are ignored, as the reference does. */
    public <T> Optional<T> get(Bytes identifier, Codec<T> codec) throws ScaleException {
        Bytes encoded = entries.get(identifier);
        return encoded == null ? Optional.empty()
                : Optional.of(codec.decode(new ScaleInput(encoded.view())));
    }

    /** The u64 under {@code identifier}; empty where there is none, or too few bytes; those behind are ignored. */
    public Optional<Long> u64(Bytes identifier) {
        Bytes value = entries.get(identifier);
        if (value == null || value.size() < 8) {
            return Optional.empty();
        }
        long number = 0;
        for (int i = 0; i < 8; i++) {
            number |= (value.at(i) & 255L) << 8 * i;
        }
        return Optional.of(number);
    }
}
