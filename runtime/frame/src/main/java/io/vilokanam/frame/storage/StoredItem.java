package io.vilokanam.frame.storage;

import java.util.Optional;

import io.vilokanam.api.Hashing;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.type.TypeInfo;

/** What values and maps have in common: a name, a prefix, and the form of what is stored. */
abstract sealed class StoredItem<V> implements StorageEntry permits StorageValue, StorageMap, StorageDoubleMap {

    private final String item;
    private final byte[] prefix;
    private final Slot<V> slot;
    private final String docs;

    StoredItem(Hashing hashing, Bytes pallet, String item, Codec<V> values, Optional<V> fallback, String docs) {
        this.item = item;
        this.prefix = Slot.itemPrefix(hashing, pallet, item).view();
        this.slot = new Slot<>(values, fallback);
        this.docs = docs;
    }

    /** twox_128 of pallet and item, for reading only. */
    final byte[] prefixBytes() {
        return prefix;
    }

    final Slot<V> slot() {
        return slot;
    }

    @Override
    public final String item() {
        return item;
    }

    @Override
    public final TypeInfo valueType() {
        return slot.codec().type();
    }

    @Override
    public final boolean isOptional() {
        return slot.fallback().isEmpty();
    }

    @Override
    public final Bytes defaultValue() {
        return slot.defaultValue();
    }

    @Override
    public final String docs() {
        return docs;
    }

    @Override
    public final Bytes prefix() {
        return Bytes.wrap(prefix);
    }
}
