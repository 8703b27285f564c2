package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.hash.Blake2b;

class ClosestMerkleValueTest {

    private static StateTrie trie(int... firstBytes) {
        var entries = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        for (int first : firstBytes) {
            entries.put(new byte[]{(byte) first, 1, 2}, new byte[40]);
            entries.put(new byte[]{(byte) first, 1, 3}, new byte[20]);
        }
        return StateTrie.of(TrieLayout.V1, entries);
    }

    @Test
    void isTheRootHashWhereAllKeysHaveThePrefix() {
        var trie = trie(0x11, 0x12);
        assertArrayEquals(trie.root(), trie.closestMerkleValue(new byte[0]).orElseThrow());
        var one = trie(0x11);
        assertArrayEquals(one.root(), one.closestMerkleValue(new byte[]{0x11}).orElseThrow());
    }

    @Test
    void isEmptyWhereNoKeyHasThePrefix() {
        var trie = trie(0x11, 0x12);
        for (byte[] prefix : new byte[][]{{0x13}, {0x11, 2}, {0x11, 1, 4}, {0x11, 1, 2, 0}}) {
            assertFalse(trie.closestMerkleValue(prefix).isPresent(), Arrays.toString(prefix));
        }
        assertFalse(StateTrie.empty().closestMerkleValue(new byte[0]).isPresent());
    }

    @Test
    void changesExactlyWithWhatLiesBelow() {
        var trie = trie(0x11, 0x12);
        var changes = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        changes.put(new byte[]{0x12, 1, 2}, new byte[]{9});
        var changed = trie.apply(TrieLayout.V1, changes);
        assertArrayEquals(trie.closestMerkleValue(new byte[]{0x11}).orElseThrow(),
                changed.closestMerkleValue(new byte[]{0x11}).orElseThrow());
        assertFalse(Arrays.equals(trie.closestMerkleValue(new byte[]{0x12}).orElseThrow(),
                changed.closestMerkleValue(new byte[]{0x12}).orElseThrow()));
    }

    @Test
    void isTheEncodedNodeWhereThatIsShorterThanAHash() {
        var trie = trie(0x11, 0x12);
        byte[] leaf = trie.closestMerkleValue(new byte[]{0x11, 1, 3}).orElseThrow();
        assertEquals(22, leaf.length);
        byte[] branch = trie.closestMerkleValue(new byte[]{0x11}).orElseThrow();
        assertEquals(Blake2b.hash256(branch).length, branch.length);
    }
}
