package io.vilokanam.frame.storage;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.Hashing;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.type.TypeInfo;

/** A single stored value. */
public final class StorageValue<T> extends StoredItem<T> {

    private final byte[] key;

    public StorageValue(Hashing hashing, Bytes pallet, String item, Codec<T> codec, Optional<T> fallback, String docs) {
        super(hashing, pallet, item, codec, fallback, docs);
        this.key = prefixBytes();
    }

    /** The stored value, or the fallback. */
    public T get(Externalities ext) {
        return slot().get(ext, key);
    }

    /** The stored value, if there is one. */
    public Optional<T> find(Externalities ext) {
        return slot().find(ext, key);
    }

    public boolean exists(Externalities ext) {
        return ext.exists(key);
    }

    public void put(Externalities ext, T value) {
        slot().put(ext, key, value);
    }

    /** Stores what {@code change} makes of the value. */
    public T mutate(Externalities ext, UnaryOperator<T> change) {
        T value = change.apply(get(ext));
        put(ext, value);
        return value;
    }

    /** Deletes the value and returns what it was, or the fallback. */
    public T take(Externalities ext) {
        T value = get(ext);
        ext.delete(key);
        return value;
    }

    /** Deletes the value and returns it, if there was one. */
    public Optional<T> takeIfPresent(Externalities ext) {
        return slot().takeIfPresent(ext, key);
    }

    public void kill(Externalities ext) {
        ext.delete(key);
    }

    /** Appends an encoded element to a value that is a vector, without decoding the rest. */
    public void append(Externalities ext, byte[] element) {
        ext.append(key, element);
    }

    /**
     * The length in front of a stored vector, whose elements are not looked at; empty where nothing is stored or no length
     * stands there ({@code StorageValue::decode_len}).
     */
    public Optional<Long> decodeLength(Externalities ext) {
        return Slot.decodeLength(ext, key);
    }

    @Override
    public List<Hasher> hashers() {
        return List.of();
    }

    @Override
    public Optional<TypeInfo> keyType() {
        return Optional.empty();
    }
}
