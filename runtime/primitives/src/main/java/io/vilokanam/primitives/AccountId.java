package io.vilokanam.primitives;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** The 32 bytes that own an account: {@code AccountId32}. */
public record AccountId(Bytes bytes) implements Comparable<AccountId> {

    public static final int SIZE = 32;
    public static final AccountId ZERO = new AccountId(Bytes.wrap(new byte[SIZE]));

    public static final Codec<AccountId> CODEC = struct(AccountId::new,
            field("", "[u8; 32]", Codecs.fixedBytes(SIZE), AccountId::bytes)).named("sp_core::crypto::AccountId32");

    public AccountId {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("an account id has 32 bytes, got " + bytes.size());
        }
    }

    /** Wraps 32 bytes that the caller gives away. */
    public static AccountId wrap(byte[] bytes) {
        return new AccountId(Bytes.wrap(bytes));
    }

    public static AccountId fromHex(String hex) {
        return new AccountId(Bytes.fromHex(hex));
    }

    @Override
    public int compareTo(AccountId other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.hex();
    }
}
