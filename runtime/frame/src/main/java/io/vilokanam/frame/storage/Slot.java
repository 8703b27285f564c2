package io.vilokanam.frame.storage;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.Hashing;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

/** One typed value behind a full storage key: what values and maps share. */
record Slot<T>(Codec<T> codec, Optional<T> fallback) {

    /** twox_128 of the pallet and of the item. */
    static Bytes itemPrefix(Hashing hashing, Bytes pallet, String item) {
        return Bytes.wrap(Hasher.concat(pallet.view(), hashing.twox128(Bytes.ascii(item).view())));
    }

    Optional<T> find(Externalities ext, byte[] key) {
        Optional<byte[]> value = ext.get(key);
        return value.isEmpty() ? Optional.empty() : read(value.get());
    }

    /** Bytes that do not decode read as if nothing were stored, as FRAME's {@code unhashed::get} does; trailing ones are ignored. */
    Optional<T> read(byte[] value) {
        try {
            return Optional.of(codec.decode(new ScaleInput(value)));
        } catch (ScaleException corrupt) {
            return Optional.empty();
        }
    }

    T get(Externalities ext, byte[] key) {
        Optional<T> found = find(ext, key);
        return (found.isPresent() ? found : fallback)
                .orElseThrow(() -> new IllegalStateException("a value that may be absent was read without asking"));
    }

    void put(Externalities ext, byte[] key, T value) {
        ext.put(key, codec.encode(value));
    }

    Optional<T> takeIfPresent(Externalities ext, byte[] key) {
        Optional<T> value = find(ext, key);
        value.ifPresent(_ -> ext.delete(key));
        return value;
    }

    /** The length in front of a stored vector. */
    static Optional<Long> decodeLength(Externalities ext, byte[] key) {
        Optional<byte[]> value = ext.get(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ScaleInput(value.get()).compactU32());
        } catch (ScaleException noLength) {
            return Optional.empty();
        }
    }

    Bytes defaultValue() {
        return fallback.map(value -> Bytes.wrap(codec.encode(value))).orElse(Bytes.wrap(new byte[1]));
    }
}
