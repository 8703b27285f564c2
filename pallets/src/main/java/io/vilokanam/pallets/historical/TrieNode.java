package io.vilokanam.pallets.historical;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/**
 * A node of a trie of layout V0 (Polkadot specification, "Node values and headers").
 *
 * @param partial the nibbles that the node adds to its key, one a byte
 * @param value what stands under the node's key
 * @param children encoded nodes of less than 32 bytes, or hashes, by nibble
 */
record TrieNode(byte[] partial, Optional<Bytes> value, SortedMap<Integer, Bytes> children) {

    static final Bytes EMPTY = Bytes.wrap(new byte[1]);

    private static final int LEAF = 0b01 << 6;
    private static final int BRANCH = 0b10 << 6;
    private static final int BRANCH_WITH_VALUE = 0b11 << 6;
    private static final int KIND = 0b11 << 6;
    /** Header bits for the number of nibbles; what does not fit follows in bytes of 255 and a last one. */
    private static final int COUNT_IN_HEADER_MAX = 63;
    private static final int COUNT_MAX = 0xffff;

    static byte[] nibbles(byte[] key) {
        byte[] nibbles = new byte[key.length * 2];
        for (int i = 0; i < key.length; i++) {
            nibbles[2 * i] = (byte) (key[i] >> 4 & 15);
            nibbles[2 * i + 1] = (byte) (key[i] & 15);
        }
        return nibbles;
    }

    static Bytes leaf(byte[] key, int from, Bytes value) {
        return header(LEAF, key, from, key.length).bytes(value.view()).toBytes();
    }

    static Bytes branch(byte[] key, int from, int to, Optional<Bytes> value, SortedMap<Integer, Bytes> children) {
        ScaleOutput out = header(value.isPresent() ? BRANCH_WITH_VALUE : BRANCH, key, from, to);
        int bitmap = 0;
        for (int nibble : children.keySet()) {
            bitmap |= 1 << nibble;
        }
        out.u16(bitmap);
        value.ifPresent(own -> out.bytes(own.view()));
        children.values().forEach(child -> out.bytes(child.view()));
        return out.toBytes();
    }

    private static ScaleOutput header(int kind, byte[] key, int from, int to) {
        int count = to - from;
        ScaleOutput out = new ScaleOutput().u8(kind | Math.min(count, COUNT_IN_HEADER_MAX));
        if (count >= COUNT_IN_HEADER_MAX) {
            int left = count - COUNT_IN_HEADER_MAX;
            for (; left >= 255; left -= 255) {
                out.u8(255);
            }
            out.u8(left);
        }
        int at = from;
        if (count % 2 == 1) {
            out.u8(key[at++]);
        }
        for (; at < to; at += 2) {
            out.u8(key[at] << 4 | key[at + 1]);
        }
        return out;
    }

    /** Empty where the bytes are no node, or the empty one. */
    static Optional<TrieNode> decode(Bytes encoded) {
        try {
            ScaleInput in = new ScaleInput(encoded.view());
            int header = in.u8();
            int kind = header & KIND;
            if (kind == 0) {
                return Optional.empty();
            }
            byte[] partial = partial(in, count(in, header & COUNT_IN_HEADER_MAX));
            SortedMap<Integer, Bytes> children = new TreeMap<>();
            if (kind == LEAF) {
                return Optional.of(new TrieNode(partial, Optional.of(Bytes.wrap(in.bytes())), children));
            }
            int bitmap = in.u16();
            Optional<Bytes> value = kind == BRANCH_WITH_VALUE ? Optional.of(Bytes.wrap(in.bytes())) : Optional.empty();
            for (int nibble = 0; nibble < 16; nibble++) {
                if ((bitmap >> nibble & 1) == 1) {
                    children.put(nibble, Bytes.wrap(in.bytes()));
                }
            }
            return Optional.of(new TrieNode(partial, value, children));
        } catch (ScaleException broken) {
            return Optional.empty();
        }
    }

    private static int count(ScaleInput in, int inHeader) throws ScaleException {
        int count = inHeader;
        if (inHeader == COUNT_IN_HEADER_MAX) {
            int more;
            do {
                more = in.u8();
                count += more;
            } while (more == 255 && count <= COUNT_MAX);
        }
        return count;
    }

    private static byte[] partial(ScaleInput in, int count) throws ScaleException {
        byte[] both = nibbles(in.raw((count + 1) / 2));
        return Arrays.copyOfRange(both, both.length - count, both.length);
    }

    /** Whether {@code key}, of which {@code depth} nibbles are behind, goes on as this node does. */
    boolean continues(byte[] key, int depth) {
        return key.length - depth >= partial.length
                && Arrays.equals(key, depth, depth + partial.length, partial, 0, partial.length);
    }

    Optional<Bytes> child(int nibble) {
        return Optional.ofNullable(children.get(nibble));
    }
}
