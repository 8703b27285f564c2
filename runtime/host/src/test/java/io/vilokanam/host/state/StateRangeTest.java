package io.vilokanam.host.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieException;
import io.vilokanam.trie.TrieLayout;

/** States with child tries, told page by page and put together again. */
class StateRangeTest {

    private static SortedMap<byte[], byte[]> entries(Random random, int max) {
        SortedMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        int count = 1 + random.nextInt(max);
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[1 + random.nextInt(4)];
            random.nextBytes(key);
            byte[] value = new byte[random.nextInt(80)];
            random.nextBytes(value);
            entries.put(key, value);
        }
        return entries;
    }

    private static ChainState state(Random random) {
        SortedMap<Bytes, SortedMap<byte[], byte[]>> children = new TreeMap<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            children.put(Bytes.wrap(new byte[]{(byte) i, 9}), entries(random, 40));
        }
        if (count > 1 && random.nextBoolean()) {
            children.put(Bytes.wrap(new byte[]{1, 9}), children.get(Bytes.wrap(new byte[]{0, 9})));
        }
        return ChainState.empty().apply(TrieLayout.V1, entries(random, 60), children);
    }

    private static final class Gathered {
        private final SortedMap<byte[], byte[]> top = new TreeMap<>(Arrays::compareUnsigned);
        private final Map<Bytes, SortedMap<byte[], byte[]>> byRoot = new HashMap<>();

        private void take(StateRange page) {
            page.top().forEach(entry -> top.put(entry.key(), entry.value()));
            page.children().forEach(child -> child.entries().forEach(entry -> byRoot
                    .computeIfAbsent(child.root(), _ -> new TreeMap<>(Arrays::compareUnsigned))
                    .put(entry.key(), entry.value())));
        }

        private ChainState state() {
            SortedMap<Bytes, SortedMap<byte[], byte[]>> children = new TreeMap<>();
            SortedMap<byte[], byte[]> plain = new TreeMap<>(top);
            for (StateTrie.Entry entry : top.entrySet().stream()
                    .map(of -> new StateTrie.Entry(of.getKey(), of.getValue()))
                    .toList()) {
                if (StateRange.isChildKey(entry.key())) {
                    children.put(Bytes.wrap(StateRange.childName(entry.key())), byRoot.get(Bytes.wrap(entry.value())));
                    plain.remove(entry.key());
                }
            }
            return ChainState.empty().apply(TrieLayout.V1, plain, children);
        }
    }

    @SeededTest(runs = 300)
    void provenPagesTogetherAreTheState(long seed) throws TrieException {
        Random random = new Random(seed);
        ChainState state = state(random);
        long bytesMax = 1 + random.nextInt(3_000);
        Gathered gathered = new Gathered();
        Optional<List<Bytes>> place = Optional.of(List.of());
        while (place.isPresent()) {
            List<byte[]> items = StateRange.prove(state, place.get(), bytesMax).orElseThrow();
            StateRange page = StateRange.check(state.root(), items, place.get());
            gathered.take(page);
            place = page.next();
        }
        assertArrayEquals(state.root(), gathered.state().root());
    }

    @SeededTest(runs = 300)
    void plainPagesTogetherAreTheState(long seed) {
        Random random = new Random(seed);
        ChainState state = state(random);
        long bytesMax = 1 + random.nextInt(3_000);
        Gathered gathered = new Gathered();
        Optional<List<Bytes>> place = Optional.of(List.of());
        while (place.isPresent()) {
            StateRange page = StateRange.read(state, place.get(), bytesMax).orElseThrow();
            gathered.take(page);
            place = page.next();
        }
        assertArrayEquals(state.root(), gathered.state().root());
    }

    @Test
    void placesThatAreNoneAreRefused() {
        ChainState state = state(new Random(3));
        Bytes key = Bytes.ascii("x");
        assertEquals(Optional.empty(), StateRange.prove(state, List.of(key, key), 100));
        assertEquals(Optional.empty(), StateRange.prove(state, List.of(key, key, key), 100));
        assertEquals(Optional.empty(), StateRange.read(state, List.of(key, key), 100));
    }

    @Test
    void aProofOfAnotherStateIsRefused() {
        ChainState state = state(new Random(3));
        List<byte[]> items = StateRange.prove(state, List.of(), 1_000).orElseThrow();
        assertThrows(TrieException.class, () -> StateRange.check(new byte[32], items, List.of()));
        assertThrows(TrieException.class, () -> StateRange.check(state.root(), items.subList(0, 1), List.of()));
        List<byte[]> longer = new java.util.ArrayList<>(items);
        longer.add(new byte[]{0});
        assertThrows(TrieException.class, () -> StateRange.check(state.root(), longer, List.of()));
    }
}
