package io.vilokanam.trie;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

import io.vilokanam.crypto.hash.Blake2b;

/**
 * The root of a trie whose entries are all at hand, without building the trie: nodes are encoded depth first into one buffer,
 * in which each finished node is replaced by its hash.
 */
public final class SortedTrie {

    private final TrieLayout layout;
    private final byte[][] keys;
    private final byte[][] values;
    private final NodeWriter writer = new NodeWriter();

    private SortedTrie(TrieLayout layout, byte[][] keys, byte[][] values) {
        this.layout = layout;
        this.keys = keys;
        this.values = values;
    }

    /**
     * The root hash of these entries, all written under one layout.
     *
     * @param entries sorted by unsigned bytes of the key
     * @throws IllegalArgumentException if the map sorts otherwise
     */
    public static byte[] root(TrieLayout layout, SortedMap<byte[], byte[]> entries) {
        byte[][] keys = new byte[entries.size()][];
        byte[][] values = new byte[keys.length][];
        int count = 0;
        for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
            keys[count] = entry.getKey();
            values[count++] = entry.getValue();
        }
        return root(layout, keys, values);
    }

    /**
     * As {@link #root(TrieLayout, SortedMap)}, with the entries in two arrays: keys in ascending order, none twice.
     *
     * @throws IllegalArgumentException if they are not in that order, or the arrays differ in length
     */
    public static byte[] root(TrieLayout layout, byte[][] keys, byte[][] values) {
        requireSorted(keys, values);
        if (keys.length == 0) {
            return StateTrie.emptyRoot();
        }
        var trie = new SortedTrie(layout, keys, values);
        trie.node(0, 0, keys.length, 0);
        byte[] root = new byte[Node.HASH_LENGTH];
        Blake2b.hash256(trie.writer.bytes(), 0, trie.writer.position(), root, 0);
        return root;
    }

    static void requireSorted(byte[][] keys, byte[][] values) {
        if (keys.length != values.length) {
            throw new IllegalArgumentException(keys.length + " keys with " + values.length + " values");
        }
        for (int i = 1; i < keys.length; i++) {
            if (Arrays.compareUnsigned(keys[i - 1], keys[i]) >= 0) {
                throw new IllegalArgumentException("key " + NodeView.hex(keys[i]) + " after "
                        + NodeView.hex(keys[i - 1]) + ", expected ascending order");
            }
        }
    }

    /** Writes the node of the entries {@code [from, to)}, whose keys share {@code depth} nibbles. */
    private void node(int depth, int from, int to, int level) {
        if (level > TrieUpdate.DEPTH_MAX) {
            throw new IllegalStateException("trie of more than " + TrieUpdate.DEPTH_MAX + " nodes above one another");
        }
        byte[] first = keys[from];
        byte[] last = keys[to - 1];
        int end = Nibbles.count(first);
        if (to - from == 1) {
            boolean isHashed = layout.hashes(values[from].length);
            writer.header(true, true, isHashed, first, depth, end);
            value(values[from], isHashed);
            return;
        }
        int split = Nibbles.commonPrefix(first, last, depth, Math.min(end, Nibbles.count(last)));
        boolean hasValue = end == split;
        boolean isHashed = hasValue && layout.hashes(values[from].length);
        writer.header(false, hasValue, isHashed, first, depth, split);
        int children = hasValue ? from + 1 : from;
        int bitmap = 0;
        for (int i = children; i < to; i++) {
            bitmap |= 1 << Nibbles.at(keys[i], split);
        }
        writer.bitmap(bitmap);
        if (hasValue) {
            value(values[from], isHashed);
        }
        int index = children;
        while (index < to) {
            int nibble = Nibbles.at(keys[index], split);
            int next = index + 1;
            while (next < to && Nibbles.at(keys[next], split) == nibble) {
                next++;
            }
            int start = writer.openChild();
            node(split + 1, index, next, level + 1);
            writer.closeChild(start);
            index = next;
        }
    }

    private void value(byte[] value, boolean isHashed) {
        if (isHashed) {
            writer.valueHash(value);
        } else {
            writer.inlineValue(value);
        }
    }
}
