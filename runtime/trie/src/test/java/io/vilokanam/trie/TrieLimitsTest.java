package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.hash.Blake2b;

class TrieLimitsTest {

    private static final byte[] VALUE = {1};

    @Test
    void aTrieAsDeepAsAllowedFitsAThreadsStack() {
        byte[][] keys = nested(TrieUpdate.DEPTH_MAX);
        byte[][] values = new byte[keys.length][];
        Arrays.fill(values, VALUE);
        var trie = StateTrie.empty().apply(TrieLayout.V1, keys, values);
        assertArrayEquals(SortedTrie.root(TrieLayout.V1, keys, values), trie.root());
        var store = new MemoryStore();
        trie.commit(store);
        var stored = trie.unloaded(store);
        assertArrayEquals(keys[keys.length - 1], stored.nextKey(keys[keys.length - 2]).orElseThrow());
        Arrays.fill(values, null);
        assertTrue(stored.apply(TrieLayout.V1, keys, values).isEmpty());
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
        var store = new MemoryStore();
        byte[][] hashes = new byte[20][];
        for (int i = 0; i < hashes.length; i++) {
            byte[] node = new byte[100];
            node[0] = (byte) i;
            store.add(node);
            hashes[i] = Blake2b.hash256(node);
        }
        var cache = new NodeCache(store, 10 * 228);
        for (byte[] hash : hashes) {
            cache.node(hash);
            cache.node(hashes[0]);
        }
        assertEquals(20, store.reads);
        assertEquals(10 * 228, cache.heldBytes());
        cache.node(hashes[19]);
        cache.node(hashes[0]);
        assertEquals(20, store.reads);
        cache.node(hashes[1]);
        assertEquals(21, store.reads);
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
