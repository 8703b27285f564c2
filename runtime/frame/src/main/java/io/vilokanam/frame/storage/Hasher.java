package io.vilokanam.frame.storage;

import java.util.Optional;

import io.vilokanam.api.Hashing;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

/** How a map's key becomes part of a storage key; the order is that of metadata's {@code StorageHasher}. */
public enum Hasher {
    BLAKE2_128, BLAKE2_256, BLAKE2_128_CONCAT, TWOX_128, TWOX_256, TWOX_64_CONCAT, IDENTITY;

    /** Bytes in front of the key itself; for hashers that drop the key, all bytes. */
    int hashSize() {
        return switch (this) {
            case BLAKE2_128, BLAKE2_128_CONCAT, TWOX_128 -> 16;
            case BLAKE2_256, TWOX_256 -> 32;
            case TWOX_64_CONCAT -> 8;
            case IDENTITY -> 0;
        };
    }

    /** Whether the key can be read back from the storage key. */
    boolean isReversible() {
        return this == BLAKE2_128_CONCAT || this == TWOX_64_CONCAT || this == IDENTITY;
    }

    /** What stands in the storage key for a SCALE-encoded {@code key}. */
    public byte[] apply(Hashing hashing, byte[] key) {
        return switch (this) {
            case BLAKE2_128 -> hashing.blake2b128(key);
            case BLAKE2_256 -> hashing.blake2b256(key);
            case BLAKE2_128_CONCAT -> concat(hashing.blake2b128(key), key);
            case TWOX_128 -> hashing.twox128(key);
            case TWOX_256 -> hashing.twox256(key);
            case TWOX_64_CONCAT -> concat(hashing.twox64(key), key);
            case IDENTITY -> key;
        };
    }

    /**
     * The key that a reversible hasher left in the storage key {@code full}, whose first {@code prefix} bytes are others'; empty
     * where none decodes. What follows it is not looked at.
     */
    <K> Optional<K> readKey(Codec<K> keys, byte[] full, int prefix) {
        int start = prefix + hashSize();
        if (full.length < start) {
            return Optional.empty();
        }
        try {
            return Optional.of(keys.decode(new ScaleInput(full, start, full.length - start)));
        } catch (ScaleException corrupt) {
            return Optional.empty();
        }
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        if (key.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (key[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
