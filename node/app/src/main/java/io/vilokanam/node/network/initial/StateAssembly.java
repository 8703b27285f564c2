package io.vilokanam.node.network.initial;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StateRange;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

/** A state that is put together from its pages. */
final class StateAssembly {

    private final SortedMap<byte[], byte[]> top = new TreeMap<>(Arrays::compareUnsigned);
    private final SortedMap<Bytes, Bytes> rootsByName = new TreeMap<>();
    private final Map<Bytes, SortedMap<byte[], byte[]>> entriesByRoot = new HashMap<>();
    private long bytes;

    void take(StateRange page) {
        for (StateTrie.Entry entry : page.top()) {
            bytes += entry.key().length + entry.value().length;
            if (StateRange.isChildKey(entry.key())) {
                rootsByName.put(Bytes.wrap(StateRange.childName(entry.key())), Bytes.wrap(entry.value()));
            } else {
                top.put(entry.key(), entry.value());
            }
        }
        for (StateRange.Child child : page.children()) {
            SortedMap<byte[], byte[]> entries = entriesByRoot.computeIfAbsent(child.root(),
                    _ -> new TreeMap<>(Arrays::compareUnsigned));
            for (StateTrie.Entry entry : child.entries()) {
                bytes += entry.key().length + entry.value().length;
                entries.put(entry.key(), entry.value());
            }
        }
    }

    long bytes() {
        return bytes;
    }

    /** The state, where it has this root with either way to store long values; a state that mixes both is none. */
    Optional<ChainState> state(Hash root) {
        SortedMap<Bytes, SortedMap<byte[], byte[]>> children = new TreeMap<>();
        rootsByName.forEach((name, of) -> children.put(name, entriesByRoot.getOrDefault(of, new TreeMap<>())));
        for (TrieLayout layout : TrieLayout.values()) {
            ChainState state = ChainState.empty().apply(layout, top, children);
            if (Arrays.equals(state.root(), root.toArray())) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
