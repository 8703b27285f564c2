package io.vilokanam.frame.storage;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.Hashing;
import io.vilokanam.api.Storage;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.type.TypeInfo;

/** Stored values by two keys; all entries of one first key stand beside each other. */
public final class StorageDoubleMap<A, B, V> extends StoredItem<V> {

    private final Hashing hashing;
    private final Hasher firstHasher;
    private final Codec<A> first;
    private final Hasher secondHasher;
    private final Codec<B> second;

    public StorageDoubleMap(Hashing hashing, Bytes pallet, String item, Hasher firstHasher, Codec<A> first,
            Hasher secondHasher, Codec<B> second, Codec<V> values, Optional<V> fallback, String docs) {
        super(hashing, pallet, item, values, fallback, docs);
        this.hashing = hashing;
        this.firstHasher = firstHasher;
        this.first = first;
        this.secondHasher = secondHasher;
        this.second = second;
    }

    /** What the storage keys of all entries under {@code a} begin with. */
    public byte[] prefixOf(A a) {
        return Hasher.concat(prefixBytes(), firstHasher.apply(hashing, first.encode(a)));
    }

    public byte[] keyOf(A a, B b) {
        return Hasher.concat(prefixOf(a), secondHasher.apply(hashing, second.encode(b)));
    }

    public V get(Externalities ext, A a, B b) {
        return slot().get(ext, keyOf(a, b));
    }

    public Optional<V> find(Externalities ext, A a, B b) {
        return slot().find(ext, keyOf(a, b));
    }

    public boolean contains(Externalities ext, A a, B b) {
        return ext.exists(keyOf(a, b));
    }

    public void put(Externalities ext, A a, B b, V value) {
        slot().put(ext, keyOf(a, b), value);
    }

    public void remove(Externalities ext, A a, B b) {
        ext.delete(keyOf(a, b));
    }

    public Optional<V> takeIfPresent(Externalities ext, A a, B b) {
        return slot().takeIfPresent(ext, keyOf(a, b));
    }

    /** The second key of the first entry under {@code a} in storage order, if there is any; keys that do not decode are none. */
    public Optional<B> firstUnder(Externalities ext, A a) {
        if (!secondHasher.isReversible()) {
            throw new IllegalStateException(item() + " does not keep its second keys: " + secondHasher);
        }
        byte[] under = prefixOf(a);
        Optional<byte[]> full = ext.nextKey(under);
        while (full.isPresent() && Hasher.startsWith(full.get(), under)) {
            Optional<B> key = secondHasher.readKey(second, full.get(), under.length);
            if (key.isPresent()) {
                return key;
            }
            full = ext.nextKey(full.get());
        }
        return Optional.empty();
    }

    @Override
    public List<Hasher> hashers() {
        return List.of(firstHasher, secondHasher);
    }

    @Override
    public Optional<TypeInfo> keyType() {
        return Optional.of(TypeInfo.tuple(List.of(first.type(), second.type())));
    }
}
