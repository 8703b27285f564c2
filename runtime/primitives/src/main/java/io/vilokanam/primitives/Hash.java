package io.vilokanam.primitives;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** 32 bytes that name a block, a state root or an extrinsic: {@code H256}. */
public record Hash(Bytes bytes) implements Comparable<Hash> {

    public static final int SIZE = 32;
    public static final Hash ZERO = new Hash(Bytes.wrap(new byte[SIZE]));

    public static final Codec<Hash> CODEC = struct(Hash::new,
            field("", "[u8; 32]", Codecs.fixedBytes(SIZE), Hash::bytes))
            .named("primitive_types::H256");

    public Hash {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a hash has 32 bytes, got " + bytes.size());
        }
    }

    /** Wraps 32 bytes that the caller gives away. */
    public static Hash wrap(byte[] bytes) {
        return new Hash(Bytes.wrap(bytes));
    }

    public static Hash fromHex(String hex) {
        return new Hash(Bytes.fromHex(hex));
    }

    public byte[] toArray() {
        return bytes.toArray();
    }

    public String hex() {
        return bytes.hex();
    }

    /** The first and last two bytes, for people: {@code 0x1234…abcd}. */
    public String shortened() {
        String hex = hex();
        return hex.substring(0, 6) + "…" + hex.substring(hex.length() - 4);
    }

    /** As records have it, and quick: hashes are the keys of most tables. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && bytes.equals(hash.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public int compareTo(Hash other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.hex();
    }
}
