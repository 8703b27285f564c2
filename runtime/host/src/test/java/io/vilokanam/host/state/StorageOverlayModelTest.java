package io.vilokanam.host.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.api.StateVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;
import io.vilokanam.trie.SortedTrie;
import io.vilokanam.trie.TrieLayout;

/** Random calls against an overlay and against a model that copies everything. */
class StorageOverlayModelTest {

    private static final int STEPS = 150;
    private static final byte[] CHILD = {'c', 'h'};

    private final Bytes childKey = Bytes.wrap(ChainState.childKey(CHILD));

    @SeededTest(runs = 300)
    void overlayAgreesWithCopiedMaps(long seed) {
        var random = new Random(seed);
        var base = entries(random);
        var childBase = entries(random);
        var state = ChainState.empty().apply(TrieLayout.V1, bytes(base),
                new TreeMap<>(Map.of(Bytes.wrap(CHILD), bytes(childBase))));
        if (!childBase.isEmpty()) {
            base.put(childKey, Bytes.wrap(SortedTrie.root(TrieLayout.V1, bytes(childBase))));
        }
        assertArrayEquals(SortedTrie.root(TrieLayout.V1, bytes(base)), state.root());
        var overlay = new StorageOverlay(state, StateVersion.V1);
        var model = new NaiveStorage(base);
        var child = new NaiveStorage(childBase);
        for (int step = 0; step < STEPS; step++) {
            int kind = random.nextInt(24);
            if (kind < 3 && model.depth() < 6) {
                overlay.startTransaction();
                model.start();
                child.start();
            } else if (kind < 5 && model.depth() > 0) {
                overlay.commitTransaction();
                model.commit();
                child.commit();
            } else if (kind < 6 && model.depth() > 0) {
                overlay.rollbackTransaction();
                model.rollback();
                child.rollback();
            } else if (kind < 17) {
                main(random, overlay, model);
            } else if (kind < 22) {
                child(random, overlay, child);
            } else {
                assertArrayEquals(rootWithChild(model, child), overlay.root());
            }
        }
        while (model.depth() > 0) {
            boolean keeps = random.nextBoolean();
            if (keeps) {
                overlay.commitTransaction();
                model.commit();
                child.commit();
            } else {
                overlay.rollbackTransaction();
                model.rollback();
                child.rollback();
            }
        }
        var changes = overlay.changes();
        assertEquals(model.written(), changes.main());
        assertEquals(child.written(), changes.children().getOrDefault(Bytes.wrap(CHILD), new TreeMap<>()));
        assertArrayEquals(rootWithChild(model, child), changes.after().root());
        assertArrayEquals(SortedTrie.root(TrieLayout.V1, bytes(child.content())), changes.after().child(CHILD).root());
    }

    private static void main(Random random, StorageOverlay overlay, NaiveStorage model) {
        var key = key(random);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                byte[] value = value(random);
                overlay.put(key.view(), value);
                model.write(key, Optional.of(Bytes.wrap(value)));
            }
            case 3 -> {
                overlay.delete(key.view());
                model.write(key, Optional.empty());
            }
            case 4, 5, 6, 7 -> {
                byte[] element = value(random);
                overlay.append(key.view(), element);
                model.append(key, element);
            }
            case 8 -> {
                var prefix = Bytes.wrap(new byte[]{(byte) random.nextInt(3)});
                long limit = random.nextInt(-1, 4);
                assertEquals(model.clearPrefix(prefix, limit), overlay.clearPrefix(prefix.view(), limit));
            }
            case 9 -> assertEquals(model.nextKey(key), overlay.nextKey(key.view()).map(Bytes::wrap));
            case 10 -> assertEquals(model.get(key).isPresent(), overlay.exists(key.view()));
            default -> assertEquals(model.get(key), overlay.get(key.view()).map(Bytes::wrap));
        }
    }

    private static void child(Random random, StorageOverlay overlay, NaiveStorage model) {
        var key = key(random);
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                byte[] value = value(random);
                overlay.childPut(CHILD, key.view(), value);
                model.write(key, Optional.of(Bytes.wrap(value)));
            }
            case 2 -> {
                overlay.childDelete(CHILD, key.view());
                model.write(key, Optional.empty());
            }
            case 3 -> {
                long limit = random.nextInt(-1, 4);
                assertEquals(model.clearPrefix(Bytes.EMPTY, limit), overlay.childKill(CHILD, limit));
            }
            case 4 -> {
                var prefix = Bytes.wrap(new byte[]{(byte) random.nextInt(3)});
                assertEquals(model.clearPrefix(prefix, 2), overlay.childClearPrefix(CHILD, prefix.view(), 2));
            }
            case 5 -> assertEquals(model.nextKey(key), overlay.childNextKey(CHILD, key.view()).map(Bytes::wrap));
            default -> assertEquals(model.get(key), overlay.childGet(CHILD, key.view()).map(Bytes::wrap));
        }
    }

    private byte[] rootWithChild(NaiveStorage model, NaiveStorage child) {
        var content = model.content();
        var childContent = child.content();
        if (childContent.isEmpty()) {
            content.remove(childKey);
        } else {
            content.put(childKey, Bytes.wrap(SortedTrie.root(TrieLayout.V1, bytes(childContent))));
        }
        return SortedTrie.root(TrieLayout.V1, bytes(content));
    }

    private static TreeMap<Bytes, Bytes> entries(Random random) {
        var entries = new TreeMap<Bytes, Bytes>();
        for (int i = random.nextInt(12); i > 0; i--) {
            entries.put(key(random), Bytes.wrap(value(random)));
        }
        return entries;
    }

    private static Bytes key(Random random) {
        byte[] key = new byte[1 + random.nextInt(2)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) random.nextInt(4);
        }
        return Bytes.wrap(key);
    }

    private static byte[] value(Random random) {
        byte[] value = new byte[random.nextInt(6) == 0 ? 16_000 + random.nextInt(400) : random.nextInt(40)];
        random.nextBytes(value);
        return value;
    }

    private static SortedMap<byte[], byte[]> bytes(TreeMap<Bytes, Bytes> entries) {
        var bytes = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        entries.forEach((key, value) -> bytes.put(key.view(), value.view()));
        return bytes;
    }
}
