package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.SeededTest;

/** What a state does without the rows of the one before is compared with what can be reached from each. */
class ReplacedRowsTest {

    private static final int STATES = 40;

    /** Keys that are prefixes of one another, share long parts, and come again; values of all forms. */
    private static TreeMap<byte[], byte[]> changes(Random random, TreeMap<byte[], byte[]> model) {
        TreeMap<byte[], byte[]> changes = new TreeMap<>(Arrays::compareUnsigned);
        List<byte[]> known = List.copyOf(model.keySet());
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[random.nextInt(6)];
            for (int at = 0; at < key.length; at++) {
                key[at] = (byte) (random.nextInt(3) << (random.nextBoolean() ? 4 : 0));
            }
            if (!known.isEmpty() && random.nextBoolean()) {
                key = known.get(random.nextInt(known.size()));
            }
            byte[] value = new byte[random.nextInt(70)];
            Arrays.fill(value, (byte) random.nextInt(2));
            changes.put(key, random.nextInt(5) < 2 ? null : value);
        }
        if (random.nextInt(15) == 0) {
            known.forEach(key -> changes.put(key, null));
        }
        return changes;
    }

    private record Known(StateTrie trie, TreeMap<byte[], byte[]> model) {}

    /** Each state comes from any of those before, which may have been unloaded: a tree with forks. */
    @SeededTest(runs = 300)
    void whatIsReplacedIsWhatCannotBeReachedAnyMore(long seed) throws TrieException {
        Random random = new Random(seed);
        MemoryRows rows = new MemoryRows();
        List<Known> states = new ArrayList<>();
        states.add(new Known(StateTrie.open(0, rows), new TreeMap<>(Arrays::compareUnsigned)));
        for (int i = 0; i < STATES; i++) {
            Known parent = states.get(random.nextInt(3) == 0 ? random.nextInt(states.size()) : states.size() - 1);
            TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
            model.putAll(parent.model);
            StateTrie before = random.nextBoolean() ? parent.trie : parent.trie.unloaded(rows);
            StateTrie trie = before;
            for (int step = random.nextInt(3); step >= 0; step--) {
                TreeMap<byte[], byte[]> changes = changes(random, model);
                trie = trie.apply(TrieLayout.values()[random.nextInt(2)], changes);
                changes.forEach((key, value) -> {
                    if (value == null) {
                        model.remove(key);
                    } else {
                        model.put(key, value);
                    }
                });
                if (random.nextBoolean()) {
                    trie.root();
                }
            }
            int written = rows.size();
            long address = trie.commit(rows);
            Set<Long> now = rows.reachable(address);
            Set<Long> gone = new TreeSet<>();
            StateTrie compared = random.nextBoolean() ? before : parent.trie.unloaded(rows);
            compared.replaced(trie, row -> assertTrue(gone.add(row), "told twice"));
            Set<Long> expected = rows.reachable(parent.trie.commit(rows));
            int needed = expected.size();
            expected.removeAll(now);
            assertEquals(expected, gone);
            assertEquals(now.size(), needed - gone.size() + rows.size() - written, "every row written is needed");
            states.add(new Known(trie, model));
        }
        for (Known state : states) {
            StateTrie read = state.trie.unloaded(rows);
            assertArrayEquals(state.trie.root(), read.root());
            List<String> found = new ArrayList<>();
            read.entries(new byte[0]).forEachRemaining(
                    entry -> found.add(Arrays.toString(entry.key()) + Arrays.toString(entry.value())));
            assertEquals(state.model.entrySet().stream()
                    .map(entry -> Arrays.toString(entry.getKey()) + Arrays.toString(entry.getValue())).toList(), found);
        }
    }

    /** A line of states of which only the last few are kept: nothing of them is missing, and nothing else is left. */
    @SeededTest(runs = 200)
    void aWindowOfStatesNeedsNoOtherRows(long seed) throws TrieException {
        Random random = new Random(seed);
        MemoryRows rows = new MemoryRows();
        int kept = 1 + random.nextInt(5);
        TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        List<Long> roots = new ArrayList<>(List.of(0L));
        List<List<Long>> replaced = new ArrayList<>(List.of(List.of()));
        StateTrie trie = StateTrie.open(0, rows);
        for (int i = 1; i <= STATES; i++) {
            TreeMap<byte[], byte[]> changes = changes(random, model);
            StateTrie after = trie.apply(TrieLayout.V1, changes);
            changes.forEach((key, value) -> {
                if (value == null) {
                    model.remove(key);
                } else {
                    model.put(key, value);
                }
            });
            roots.add(after.commit(rows));
            List<Long> gone = new ArrayList<>();
            trie.replaced(after, gone::add);
            replaced.add(gone);
            if (i >= kept) {
                replaced.get(i - kept + 1).forEach(rows::remove);
            }
            Set<Long> needed = new TreeSet<>();
            for (int state = Math.max(0, i - kept + 1); state <= i; state++) {
                needed.addAll(rows.reachable(roots.get(state)));
            }
            assertEquals(needed, rows.addresses());
            trie = random.nextBoolean() ? after : after.unloaded(rows);
        }
    }

    @Test
    void aTrieThatWasNotWrittenCannotBeUnloadedOrCompared() {
        TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        entries.put(new byte[]{1}, new byte[40]);
        StateTrie trie = StateTrie.of(TrieLayout.V1, entries);
        assertThrows(IllegalStateException.class, () -> trie.unloaded(new MemoryRows()));
        assertThrows(IllegalStateException.class, () -> trie.replaced(StateTrie.empty(), _ -> {}));
    }

    /** Whatever the bytes are, they are a row or refused. */
    @SeededTest(runs = 300)
    void survivesBrokenRows(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] row = new byte[random.nextInt(90)];
            random.nextBytes(row);
            MemoryRows rows = new MemoryRows();
            long address = rows.add(row);
            try {
                StateTrie.open(address, rows).get(new byte[]{0x12, 0x34});
            } catch (TrieStoreException refused) {
                assertTrue(refused.getMessage().length() > 10);
            }
        }
    }
}
