package io.vilokanam.rpc.storage;

import java.util.Arrays;
import java.util.Optional;

import io.vilokanam.scale.Bytes;

/** Hex as the new API takes it: an even number of digits, {@code 0x} optional. */
public final class HexText {

    private static final byte[] CHILD_PREFIX = Bytes.ascii(":child_storage:default:").toArray();

    private HexText() {}

    /** The bytes, or empty if the text is no hex. */
    public static Optional<Bytes> read(String text) {
        try {
            return Optional.of(Bytes.fromHex(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The key of a child trie's root, from the trie's own name. */
    public static Bytes childKey(Bytes name) {
        byte[] key = Arrays.copyOf(CHILD_PREFIX, CHILD_PREFIX.length + name.size());
        System.arraycopy(name.view(), 0, key, CHILD_PREFIX.length, name.size());
        return Bytes.wrap(key);
    }
}
