package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.SeededTest;

/** Random histories of a trie against a sorted map and a root computed from nothing. */
class StateTrieModelTest {

    private static final int BLOCKS = 12;

    @SeededTest(runs = 300)
    void trieAgreesWithASortedMapWhateverIsWrittenAndDeleted(long seed) {
        var random = new Random(seed);
        var layout = TrieLayout.values()[random.nextInt(2)];
        var keys = new Keys(random);
        var model = sorted();
        var trie = StateTrie.empty();
        List<StateTrie> snapshots = new ArrayList<>();
        List<byte[]> roots = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            var changes = keys.changes(random.nextInt(40), model);
            trie = trie.apply(layout, changes);
            put(model, changes);
            assertEquals(Hex.encode(SortedTrie.root(layout, model)), Hex.encode(trie.root()));
            assertSameContent(model, trie, keys);
            snapshots.add(trie);
            roots.add(trie.root());
        }
        for (int block = 0; block < BLOCKS; block++) {
            assertArrayEquals(roots.get(block), StateTrie.of(layout, content(snapshots.get(block))).root());
        }
    }

    @SeededTest(runs = 300)
    void trieFromAStoreEqualsTheTrieInMemory(long seed) {
        var random = new Random(seed);
        var layout = TrieLayout.values()[random.nextInt(2)];
        var keys = new Keys(random);
        var model = sorted();
        var rows = new MemoryRows();
        var memory = StateTrie.empty();
        var stored = StateTrie.open(0, rows);
        for (int block = 0; block < BLOCKS; block++) {
            var changes = keys.changes(random.nextInt(30), model);
            put(model, changes);
            memory = memory.apply(layout, changes);
            stored = stored.apply(layout, changes);
            long address = stored.commit(rows);
            int size = rows.size();
            assertEquals(address, stored.commit(rows));
            assertEquals(size, rows.size());
            if (random.nextBoolean()) {
                stored = stored.unloaded(rows);
            }
            assertArrayEquals(memory.root(), stored.root());
            if (random.nextInt(3) == 0) {
                assertSameContent(model, stored, keys);
            }
        }
        assertSameContent(model, StateTrie.open(stored.commit(rows), new RowCache(rows, 1 << 12)), keys);
    }

    @SeededTest(runs = 100)
    void valuesKeepTheirFormUntilTheyAreWrittenAgain(long seed) {
        var random = new Random(seed);
        var keys = new Keys(random);
        var model = sorted();
        var older = keys.changes(40, model);
        older.values().removeIf(value -> value == null);
        put(model, older);
        var trie = StateTrie.of(TrieLayout.V0, older);
        assertArrayEquals(SortedTrie.root(TrieLayout.V0, model), trie.root());
        var rows = new MemoryRows();
        trie.commit(rows);
        trie = trie.unloaded(rows);
        assertSame(trie, trie.apply(TrieLayout.V0, model));
        var mixed = sorted();
        model.forEach((key, value) -> {
            if (random.nextBoolean()) {
                mixed.put(key, value);
            }
        });
        var rewritten = trie.apply(TrieLayout.V1, mixed);
        rewritten.commit(rows);
        rewritten = rewritten.unloaded(rows);
        assertSameContent(model, rewritten, keys);
        assertArrayEquals(SortedTrie.root(TrieLayout.V1, model), rewritten.apply(TrieLayout.V1, model).root());
        assertArrayEquals(SortedTrie.root(TrieLayout.V0, model), rewritten.apply(TrieLayout.V0, model).root());
    }

    @SeededTest(runs = 200)
    void deletingWhatIsNotThereChangesNoNode(long seed) {
        var random = new Random(seed);
        var keys = new Keys(random);
        var model = sorted();
        put(model, keys.changes(1 + random.nextInt(20), model));
        var trie = StateTrie.of(TrieLayout.V1, model);
        var nothing = sorted();
        for (int i = random.nextInt(60); i >= 0; i--) {
            byte[] key = keys.next();
            if (!model.containsKey(key)) {
                nothing.put(key, null);
            }
        }
        assertSame(trie, trie.apply(TrieLayout.V1, nothing));
    }

    @SeededTest(runs = 100)
    void proofsOfRandomKeysShowWhatTheTrieHolds(long seed) throws TrieException {
        var random = new Random(seed);
        var layout = TrieLayout.values()[random.nextInt(2)];
        var keys = new Keys(random);
        var model = sorted();
        put(model, keys.changes(60, model));
        var trie = StateTrie.of(layout, model);
        List<byte[]> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asked.add(keys.next());
        }
        var proof = ReadProof.ofKeys(trie, asked);
        for (byte[] key : asked) {
            assertEquals(Optional.ofNullable(model.get(key)).map(Hex::encode),
                    proof.read(trie.root(), key).map(Hex::encode));
        }
    }

    private static void assertSameContent(TreeMap<byte[], byte[]> model, StateTrie trie, Keys keys) {
        assertEquals(hex(model), hex(content(trie)));
        for (int i = 0; i < 20; i++) {
            byte[] key = keys.next();
            assertEquals(Optional.ofNullable(model.get(key)).map(Hex::encode), trie.get(key).map(Hex::encode));
            assertEquals(model.containsKey(key), trie.contains(key));
            assertEquals(Optional.ofNullable(model.higherKey(key)).map(Hex::encode),
                    trie.nextKey(key).map(Hex::encode));
            byte[] prefix = Arrays.copyOf(key, Math.min(key.length, 2));
            List<String> expected = model.tailMap(prefix).keySet().stream().map(Hex::encode)
                    .filter(hex -> hex.startsWith(Hex.encode(prefix))).toList();
            List<String> found = new ArrayList<>();
            trie.keys(prefix).forEachRemaining(next -> found.add(Hex.encode(next)));
            assertEquals(expected, found);
            found.clear();
            trie.keysAfter(prefix, key).forEachRemaining(next -> found.add(Hex.encode(next)));
            assertEquals(expected.stream().filter(hex -> hex.compareTo(Hex.encode(key)) > 0).toList(), found);
        }
    }

    private static TreeMap<byte[], byte[]> content(StateTrie trie) {
        var content = sorted();
        trie.entries(new byte[0]).forEachRemaining(entry -> content.put(entry.key(), entry.value()));
        return content;
    }

    private static List<String> hex(TreeMap<byte[], byte[]> entries) {
        return entries.entrySet().stream().map(e -> Hex.encode(e.getKey()) + "=" + Hex.encode(e.getValue())).toList();
    }

    private static void put(TreeMap<byte[], byte[]> model, TreeMap<byte[], byte[]> changes) {
        changes.forEach((key, value) -> {
            if (value == null) {
                model.remove(key);
            } else {
                model.put(key, value);
            }
        });
    }

    private static TreeMap<byte[], byte[]> sorted() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    /** Keys of few different bytes, so that they share prefixes, are prefixes of one another and come again. */
    private static final class Keys {

        private final Random random;
        private final byte[] alphabet;
        private final int longest;

        Keys(Random random) {
            this.random = random;
            this.alphabet = new byte[1 + random.nextInt(5)];
            random.nextBytes(alphabet);
            this.longest = random.nextBoolean() ? 3 : 40;
        }

        byte[] next() {
            byte[] key = new byte[random.nextInt(longest)];
            for (int i = 0; i < key.length; i++) {
                boolean isCommon = i < key.length / 2;
                key[i] = isCommon ? alphabet[0] : alphabet[random.nextInt(alphabet.length)];
            }
            return key;
        }

        TreeMap<byte[], byte[]> changes(int count, TreeMap<byte[], byte[]> model) {
            var changes = sorted();
            List<byte[]> known = List.copyOf(model.keySet());
            for (int i = 0; i < count; i++) {
                boolean isKnown = !known.isEmpty() && random.nextInt(2) == 0;
                byte[] key = isKnown ? known.get(random.nextInt(known.size())) : next();
                changes.put(key, random.nextInt(3) == 0 && !model.isEmpty() ? null : value());
            }
            return changes;
        }

        private byte[] value() {
            int[] lengths = {0, 1, 20, 31, 32, 33, 34, 63, 64, 100, 70_000};
            byte[] value = new byte[lengths[random.nextInt(random.nextInt(20) == 0 ? lengths.length : 10)]];
            random.nextBytes(value);
            return value;
        }
    }
}
