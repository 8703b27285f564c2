package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.testkit.SeededTest;

class NodeRecorderTest {

    private static final byte[] NO_ROOTS = {1};

    private static StateTrie trie(Random random, List<byte[]> keys) {
        var entries = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        for (int i = 0; i < 60; i++) {
            byte[] key = new byte[2 + random.nextInt(4)];
            random.nextBytes(key);
            key[0] = 0;
            byte[] value = new byte[random.nextInt(70)];
            random.nextBytes(value);
            entries.put(key, value);
        }
        keys.addAll(entries.keySet());
        return StateTrie.of(TrieLayout.V1, entries);
    }

    @SeededTest(runs = 10)
    void readingKeysAsksForTheNodesOfTheirProof(long seed) {
        var random = new Random(seed);
        List<byte[]> keys = new ArrayList<>();
        StateTrie trie = trie(random, keys);
        List<byte[]> read = keys.subList(0, random.nextInt(keys.size()) + 1);
        var recorder = new NodeRecorder(List.of(trie));
        StateTrie through = StateTrie.open(trie.root(), recorder);
        for (byte[] key : read) {
            assertArrayEquals(trie.get(key).orElseThrow(), through.get(key).orElseThrow());
        }
        assertSame(ReadProof.ofKeys(trie, read).nodes(), recorder.proof());
    }

    @SeededTest(runs = 10)
    void whatIsLeftOutOfTheCompactFormIsWhatItsReaderComputes(long seed) throws TrieException {
        List<byte[]> keys = new ArrayList<>();
        StateTrie trie = trie(new Random(seed), keys);
        var recorder = new NodeRecorder(List.of(trie));
        StateTrie through = StateTrie.open(trie.root(), recorder);
        keys.forEach(through::get);
        List<byte[]> items = recorder.compactProof(trie.root(), NO_ROOTS);
        assertSame(CompactProof.write(trie, new byte[0], (key, value, bytes) -> true), items);
        assertEquals(keys.size(), CompactProof.read(items.iterator(), trie.root(), new byte[0]).entries().size());
    }

    @SeededTest(runs = 10)
    void theWitnessIsAllThatTheRootAfterADeletionNeeds(long seed) {
        var random = new Random(seed);
        List<byte[]> keys = new ArrayList<>();
        StateTrie trie = trie(random, keys);
        var changes = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        changes.put(keys.get(random.nextInt(keys.size())), null);
        var recorder = new NodeRecorder(List.of(trie));
        byte[] root = StateTrie.open(trie.root(), recorder).apply(TrieLayout.V1, changes).root();
        assertArrayEquals(trie.apply(TrieLayout.V1, changes).root(), root);
        List<byte[]> proof = recorder.proof();
        NodeStore witness = hash -> proof.stream().filter(node -> Arrays.equals(Blake2b.hash256(node), hash))
                .findFirst()
                .orElse(null);
        assertArrayEquals(root, StateTrie.open(trie.root(), witness).apply(TrieLayout.V1, changes).root());
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> found) {
        assertArrayEquals(expected.toArray(byte[][]::new), found.toArray(byte[][]::new));
    }
}
