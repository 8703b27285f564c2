package io.vilokanam.frame.storage;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.Hashing;
import io.vilokanam.api.Storage;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.type.TypeInfo;

/** Stored values by key. The storage key is the item's prefix and the hashed key. */
public final class StorageMap<K, V> extends StoredItem<V> {

    private final Hashing hashing;
    private final Hasher hasher;
    private final Codec<K> keys;

    public StorageMap(Hashing hashing, Bytes pallet, String item, Hasher hasher, Codec<K> keys, Codec<V> values,
            Optional<V> fallback, String docs) {
        super(hashing, pallet, item, values, fallback, docs);
        this.hashing = hashing;
        this.hasher = hasher;
        this.keys = keys;
    }

    /** The full storage key of {@code key}. */
    public byte[] keyOf(K key) {
        return keyOf(hashing, key);
    }

    /** Within a call its own host hashes: it may remember the keys that the call asked for before. */
    private byte[] keyOf(Hashing host, K key) {
        return Hasher.concat(prefixBytes(), hasher.apply(host, keys.encode(key)));
    }

    /** The stored value, or the fallback. */
    public V get(Externalities ext, K key) {
        return slot().get(ext, keyOf(ext, key));
    }

    public Optional<V> find(Externalities ext, K key) {
        return slot().find(ext, keyOf(ext, key));
    }

    public boolean contains(Externalities ext, K key) {
        return ext.exists(keyOf(ext, key));
    }

    public void put(Externalities ext, K key, V value) {
        slot().put(ext, keyOf(ext, key), value);
    }

    /** Stores what {@code change} makes of the value. */
    public V mutate(Externalities ext, K key, UnaryOperator<V> change) {
        byte[] full = keyOf(ext, key);
        V value = change.apply(slot().get(ext, full));
        slot().put(ext, full, value);
        return value;
    }

    /** Deletes the value and returns what it was, or the fallback. */
    public V take(Externalities ext, K key) {
        byte[] full = keyOf(ext, key);
        V value = slot().get(ext, full);
        ext.delete(full);
        return value;
    }

    public Optional<V> takeIfPresent(Externalities ext, K key) {
        return slot().takeIfPresent(ext, keyOf(ext, key));
    }

    public void remove(Externalities ext, K key) {
        ext.delete(keyOf(ext, key));
    }

    public void append(Externalities ext, K key, byte[] element) {
        ext.append(keyOf(ext, key), element);
    }

    /**
     * The length in front of a stored vector, whose elements are not looked at; empty where nothing is stored or no length
     * stands there ({@code StorageMap::decode_len}).
     */
    public Optional<Long> decodeLength(Externalities ext, K key) {
        return Slot.decodeLength(ext, keyOf(ext, key));
    }

    /** Deletes entries: see {@link Storage#clearPrefix}. */
    public Storage.Cleared clear(Externalities ext, long limit) {
        return ext.clearPrefix(prefixBytes(), limit);
    }

    /** One entry of the map with the storage key it stands under. */
    public record Entry<K, V>(byte[] storageKey, K key, V value) {}

    /**
     * The entries in storage order, each looked for when it is asked for: what was done to those before it counts. Keys and values
     * that do not decode are passed over, as FRAME's iterators do.
     */
    public Iterable<Entry<K, V>> entries(Externalities ext) {
        return () -> new Iterator<>() {

            private Optional<byte[]> passed = Optional.empty();
            private Optional<Entry<K, V>> next = Optional.empty();

            @Override
            public boolean hasNext() {
                if (next.isEmpty()) {
                    next = StorageMap.this.next(ext, passed);
                }
                return next.isPresent();
            }

            @Override
            public Entry<K, V> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException(item() + " has no more entries");
                }
                Entry<K, V> entry = next.get();
                passed = Optional.of(entry.storageKey());
                next = Optional.empty();
                return entry;
            }
        };
    }

    /** The first entry in storage order, or the first behind the storage key {@code after}. */
    private Optional<Entry<K, V>> next(Externalities ext, Optional<byte[]> after) {
        if (!hasher.isReversible()) {
            throw new IllegalStateException(item() + " does not keep its keys: " + hasher);
        }
        Optional<byte[]> full = ext.nextKey(after.orElse(prefixBytes()));
        while (full.isPresent() && Hasher.startsWith(full.get(), prefixBytes())) {
            Optional<K> key = hasher.readKey(keys, full.get(), prefixBytes().length);
            Optional<V> value = slot().find(ext, full.get());
            if (key.isPresent() && value.isPresent()) {
                return Optional.of(new Entry<>(full.get(), key.get(), value.get()));
            }
            full = ext.nextKey(full.get());
        }
        return Optional.empty();
    }

    @Override
    public List<Hasher> hashers() {
        return List.of(hasher);
    }

    @Override
    public Optional<TypeInfo> keyType() {
        return Optional.of(keys.type());
    }
}
