package io.vilokanam.host.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.NodeRecorder;
import io.vilokanam.trie.NodeSink;
import io.vilokanam.trie.NodeStore;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

/**
 * The state after a block: its trie and the child tries whose roots stand in it. Immutable, and shares everything that did
 * not change with the state before.
 */
public final class ChainState {

    /** What stands before the name of a default child trie in the key that its root has. */
    public static final Bytes CHILD_PREFIX = Bytes.ascii(":child_storage:default:");

    private final StateTrie top;
    /** The child tries that changed since the state was opened; all others are read from the store. */
    private final SortedMap<Bytes, StateTrie> children;
    private final NodeStore store;

    private ChainState(StateTrie top, SortedMap<Bytes, StateTrie> children, NodeStore store) {
        this.top = top;
        this.children = children;
        this.store = store;
    }

    /** The state of nothing, in memory. */
    public static ChainState empty() {
        return new ChainState(StateTrie.empty(), new TreeMap<>(), NodeStore.EMPTY);
    }

    /** The state of a root hash, read from a store as it is used. */
    public static ChainState open(byte[] root, NodeStore store) {
        return new ChainState(StateTrie.open(root, store), new TreeMap<>(), store);
    }

    public StateTrie top() {
        return top;
    }

    /** The child trie of a name (without {@link #CHILD_PREFIX}), empty if there is none. */
    public StateTrie child(byte[] name) {
        var changed = children.get(Bytes.wrap(name));
        if (changed != null) {
            return changed;
        }
        return top.get(childKey(name)).map(root -> StateTrie.open(root, store))
                .orElse(StateTrie.open(StateTrie.emptyRoot(),
                        store));
    }

    /** The key in the main trie that holds the root of a child trie. */
    public static byte[] childKey(byte[] name) {
        byte[] prefix = CHILD_PREFIX.toArray();
        byte[] key = Arrays.copyOf(prefix, prefix.length + name.length);
        System.arraycopy(name, 0, key, prefix.length, name.length);
        return key;
    }

    public byte[] root() {
        return top.root();
    }

    /**
     * The state after changes of the main trie alone, in two arrays: keys in ascending order, and their new values or null to
     * delete them.
     */
    ChainState apply(TrieLayout layout, byte[][] keys, byte[][] values) {
        return new ChainState(top.apply(layout, keys, values), children, store);
    }

    /**
     * The state after some changes: a key with its new value, or with null to delete it. The roots of the child tries are
     * put in, or taken out where nothing is left of the child.
     *
     * @param childChanges the changes of each child trie by its name
     */
    public ChainState apply(TrieLayout layout, SortedMap<byte[], byte[]> changes,
            SortedMap<Bytes, SortedMap<byte[], byte[]>> childChanges) {
        if (childChanges.isEmpty()) {
            return new ChainState(top.apply(layout, changes), children, store);
        }
        var all = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        all.putAll(changes);
        var changed = new TreeMap<>(children);
        childChanges.forEach((name, change) -> {
            var child = child(name.view()).apply(layout, change);
            changed.put(name, child);
            all.put(childKey(name.view()), child.isEmpty() ? null : child.root());
        });
        return new ChainState(top.apply(layout, all), changed, store);
    }

    /**
     * Hands all nodes and values that the store does not have yet to the sink.
     *
     * @return the root hash
     */
    public byte[] commit(NodeSink sink) {
        children.values().forEach(child -> child.commit(sink));
        return top.commit(sink);
    }

    /** What notes all that is read from this state by way of {@link #unloaded}. */
    public NodeRecorder recorder() {
        var tries = new ArrayList<StateTrie>(children.values());
        top.entries(CHILD_PREFIX.view()).forEachRemaining(root -> tries.add(child(childName(root.key()))));
        tries.add(top);
        return new NodeRecorder(tries);
    }

    private static byte[] childName(byte[] key) {
        return Arrays.copyOfRange(key, CHILD_PREFIX.size(), key.length);
    }

    /** The same state with nothing in memory, all to be read again from the store that it was committed to. */
    public ChainState unloaded(NodeStore from) {
        return open(root(), from);
    }
}
