package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class TrieLimitsTest {

    private static final byte[] VALUE = {1};

    @Test
    void aTrieAsDeepAsAllowedFitsAThreadsStack() {
        byte[][] keys = nested(TrieUpdate.DEPTH_MAX);
        byte[][] values = new byte[keys.length][];
        Arrays.fill(values, VALUE);
        var trie = StateTrie.empty().apply(TrieLayout.V1, keys, values);
        assertArrayEquals(SortedTrie.root(TrieLayout.V1, keys, values), trie.root());
        var rows = new MemoryRows();
        trie.commit(rows);
        var stored = trie.unloaded(rows);
        assertArrayEquals(keys[keys.length - 1], stored.nextKey(keys[keys.length - 2]).orElseThrow());
        Arrays.fill(values, null);
        var nothing = stored.apply(TrieLayout.V1, keys, values);
        assertTrue(nothing.isEmpty());
        stored.replaced(nothing, rows::remove);
        assertEquals(0, rows.size());
    }

    @Test
    void aDeeperTrieIsRefused() {
        byte[][] keys = nested(TrieUpdate.DEPTH_MAX + 2);
        byte[][] values = new byte[keys.length][];
        Arrays.fill(values, VALUE);
        assertThrows(IllegalStateException.class, () -> StateTrie.empty().apply(TrieLayout.V1, keys, values));
        assertThrows(IllegalStateException.class, () -> SortedTrie.root(TrieLayout.V1, keys, values));
    }

    @Test
    void unsortedOrRepeatedKeysAreRefused() {
        byte[][] values = {VALUE, VALUE};
        for (byte[][] keys : new byte[][][]{{{2}, {1}}, {{1}, {1}}, {{1}}}) {
            assertThrows(IllegalArgumentException.class, () -> StateTrie.empty().apply(TrieLayout.V1, keys, values));
        }
    }

    @Test
    void theCacheHoldsWhatWasReadLastUpToItsSize() {
        var rows = new MemoryRows();
        long[] addresses = new long[20];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = rows.add(new byte[100]);
        }
        var cache = new RowCache(rows, 10 * 212);
        for (long address : addresses) {
            cache.row(address);
            cache.row(addresses[0]);
        }
        assertEquals(20, rows.reads);
        assertEquals(10 * 212, cache.heldBytes());
        cache.row(addresses[19]);
        cache.row(addresses[0]);
        assertEquals(20, rows.reads);
        cache.row(addresses[1]);
        assertEquals(21, rows.reads);
    }

    @Test
    void theCacheDoesNotReadWhatItWasToldOf() {
        var rows = new MemoryRows();
        long address = rows.add(new byte[100]);
        byte[] row = {1, 2, 3};
        var cache = new RowCache(rows, 10 * 212);
        cache.keep(address, row);
        assertSame(row, cache.row(address));
        assertEquals(0, rows.reads);
    }

    /** Keys that are prefixes of one another: each adds a node. */
    private static byte[][] nested(int count) {
        byte[][] keys = new byte[count][];
        for (int i = 0; i < count; i++) {
            keys[i] = new byte[i];
        }
        return keys;
    }
}
