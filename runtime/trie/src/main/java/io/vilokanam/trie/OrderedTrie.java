package io.vilokanam.trie;

import java.util.Arrays;
import java.util.List;

/** The root of a list: a trie in which the key of each item is its index. Blocks commit to their extrinsics by it. */
public final class OrderedTrie {

    private OrderedTrie() {}

    /**
     * The root hash of the items in their order; the key of an item is its index as a SCALE compact (sp-io,
     * {@code trie::blake2_256_ordered_root}).
     */
    public static byte[] root(TrieLayout layout, List<byte[]> items) {
        int count = items.size();
        byte[][] keys = new byte[count][];
        for (int index = 0; index < count; index++) {
            keys[index] = compact(index);
        }
        Integer[] order = new Integer[count];
        Arrays.setAll(order, index -> index);
        Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(keys[a], keys[b]));
        byte[][] sortedKeys = new byte[count][];
        byte[][] sortedItems = new byte[count][];
        for (int i = 0; i < count; i++) {
            sortedKeys[i] = keys[order[i]];
            sortedItems[i] = items.get(order[i]);
        }
        return SortedTrie.root(layout, sortedKeys, sortedItems);
    }

    private static byte[] compact(int index) {
        if (index < 1 << 6) {
            return new byte[]{(byte) (index << 2)};
        }
        if (index < 1 << 14) {
            return new byte[]{(byte) (index << 2 | 1), (byte) (index >>> 6)};
        }
        if (index < 1 << 30) {
            int raw = index << 2 | 2;
            return new byte[]{(byte) raw, (byte) (raw >>> 8), (byte) (raw >>> 16), (byte) (raw >>> 24)};
        }
        return new byte[]{3, (byte) index, (byte) (index >>> 8), (byte) (index >>> 16), (byte) (index >>> 24)};
    }
}
