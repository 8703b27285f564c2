package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.Fuzz;
import io.vilokanam.testkit.SeededTest;

/** Ranges of random tries, written and read page by page. */
class CompactProofTest {

    private static final byte[] ALL = {};

    private static TreeMap<byte[], byte[]> entries(Random random) {
        TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        int count = random.nextInt(120);
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[1 + random.nextInt(5)];
            random.nextBytes(key);
            key[0] &= 0x13;
            byte[] value = new byte[random.nextInt(4) == 0 ? 33 + random.nextInt(90) : random.nextInt(40)];
            random.nextBytes(value);
            entries.put(key, value);
        }
        return entries;
    }

    private static StateTrie stored(StateTrie trie) {
        MemoryRows rows = new MemoryRows();
        return StateTrie.open(trie.commit(rows), rows);
    }

    @SeededTest(runs = 400)
    void pagesTogetherAreTheTrie(long seed) throws TrieException {
        Random random = new Random(seed);
        TreeMap<byte[], byte[]> model = entries(random);
        StateTrie trie = StateTrie.of(TrieLayout.values()[random.nextInt(2)], model);
        if (random.nextBoolean()) {
            trie = stored(trie);
        }
        long bytesMax = 20 + random.nextInt(2_000);
        byte[] from = ALL;
        List<StateTrie.Entry> all = new ArrayList<>();
        boolean isComplete = false;
        while (!isComplete) {
            List<byte[]> items = CompactProof.write(trie, from, (_, _, bytes) -> bytes <= bytesMax);
            CompactProof.Range range = CompactProof.read(items.iterator(), trie.root(), from);
            all.addAll(range.entries());
            isComplete = range.isComplete();
            assertTrue(isComplete || !range.entries().isEmpty());
            if (!isComplete) {
                byte[] last = range.entries().getLast().key();
                from = Arrays.copyOf(last, last.length + 1);
            }
        }
        assertEquals(model.size(), all.size());
        Iterator<StateTrie.Entry> found = all.iterator();
        for (Map.Entry<byte[], byte[]> entry : model.entrySet()) {
            StateTrie.Entry shown = found.next();
            assertArrayEquals(entry.getKey(), shown.key());
            assertArrayEquals(entry.getValue(), shown.value());
        }
    }

    @SeededTest(runs = 200)
    void aChangedProofIsRefused(long seed) throws TrieException {
        Random random = new Random(seed);
        TreeMap<byte[], byte[]> model = entries(random);
        model.put(new byte[]{1}, new byte[100]);
        StateTrie trie = StateTrie.of(TrieLayout.V1, model);
        List<byte[]> items = new ArrayList<>(CompactProof.write(trie, ALL, (_, _, _) -> true));
        assertTrue(CompactProof.read(items.iterator(), trie.root(), ALL).isComplete());
        int place = random.nextInt(items.size());
        byte[] item = items.get(place).clone();
        item[random.nextInt(item.length)] ^= (byte) (1 << random.nextInt(8));
        items.set(place, item);
        assertThrows(TrieException.class, () -> CompactProof.read(items.iterator(), trie.root(), ALL));
    }

    @Test
    void aProofThatEndsTooEarlyIsRefused() {
        TreeMap<byte[], byte[]> model = entries(new Random(7));
        StateTrie trie = StateTrie.of(TrieLayout.V1, model);
        List<byte[]> items = CompactProof.write(trie, ALL, (_, _, _) -> true);
        for (int count = 0; count < items.size(); count++) {
            List<byte[]> some = items.subList(0, count);
            assertThrows(TrieException.class, () -> CompactProof.read(some.iterator(), trie.root(), ALL));
        }
    }

    @Test
    void whatIsLeftOutIsAGapBehindWhichNothingCounts() throws TrieException {
        TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < 64; i++) {
            model.put(new byte[]{(byte) (4 * i), (byte) i}, new byte[40]);
        }
        StateTrie trie = StateTrie.of(TrieLayout.V1, model);
        byte[] from = {(byte) 0x80};
        List<byte[]> items = CompactProof.write(trie, from, (_, _, _) -> false);
        CompactProof.Range range = CompactProof.read(items.iterator(), trie.root(), from);
        assertEquals(1, range.entries().size());
        assertFalse(range.isComplete());
        assertEquals(0, CompactProof.read(items.iterator(), trie.root(), ALL).entries().size());
    }

    @Test
    void theEmptyTrieIsOneItem() throws TrieException {
        List<byte[]> items = CompactProof.write(StateTrie.empty(), ALL, (_, _, _) -> true);
        assertEquals(1, items.size());
        assertTrue(CompactProof.read(items.iterator(), StateTrie.emptyRoot(), ALL).isComplete());
    }

    @Test
    void foreignItems() {
        StateTrie trie = StateTrie.of(TrieLayout.V1, entries(new Random(11)));
        List<byte[]> items = CompactProof.write(trie, ALL, (_, _, _) -> true);
        Fuzz fuzz = Fuzz.decoder("compact proof");
        items.forEach(fuzz::with);
        fuzz.declares(TrieException.class, input -> {
            List<byte[]> changed = new ArrayList<>(items);
            changed.set(0, input);
            CompactProof.read(changed.iterator(), trie.root(), ALL);
        });
    }
}
