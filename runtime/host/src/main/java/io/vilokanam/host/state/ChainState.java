package io.vilokanam.host.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.NodeRecorder;
import io.vilokanam.trie.NodeRows;
import io.vilokanam.trie.NodeStore;
import io.vilokanam.trie.RowSink;
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
    /** The child tries that changed since the state was opened; all others are read from the rows. */
    private final SortedMap<Bytes, StateTrie> children;
    /**
     * Where the roots of the child tries lie: the name of each with an address, a u64 in big endian. A trie of this node's own,
     * so that it is written and replaced like the others; no root hash covers it.
     */
    private final StateTrie addresses;
    private final NodeRows rows;
    /** Where a state that is read by hash finds its child tries; then it has no rows. */
    private final Optional<NodeStore> nodes;

    private ChainState(StateTrie top, SortedMap<Bytes, StateTrie> children, StateTrie addresses, NodeRows rows,
            Optional<NodeStore> nodes) {
        this.top = top;
        this.children = children;
        this.addresses = addresses;
        this.rows = rows;
        this.nodes = nodes;
    }

    /**
     * Where a state lies.
     *
     * @param top the address of the main trie's root, 0 where that has no entries
     * @param children the address of the root of the trie that says where the child tries lie, 0 where there are none
     */
    public record Place(long top, long children) {}

    /** The state of nothing, in memory. */
    public static ChainState empty() {
        return new ChainState(StateTrie.empty(), new TreeMap<>(), StateTrie.empty(), NodeRows.EMPTY, Optional.empty());
    }

    /** The state of a place, read as it is used. */
    public static ChainState open(Place place, NodeRows rows) {
        return new ChainState(StateTrie.open(place.top(), rows), new TreeMap<>(),
                StateTrie.open(place.children(), rows),
                rows, Optional.empty());
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
        if (nodes.isPresent()) {
            return StateTrie.open(top.get(childKey(name)).orElseGet(StateTrie::emptyRoot), nodes.get());
        }
        return StateTrie.open(addresses.get(name).map(ChainState::address).orElse(0L), rows);
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
        return new ChainState(top.apply(layout, keys, values), children, addresses, rows, nodes);
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
            return new ChainState(top.apply(layout, changes), children, addresses, rows, nodes);
        }
        var all = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        all.putAll(changes);
        var changed = new TreeMap<>(children);
        childChanges.forEach((name, change) -> {
            var child = child(name.view()).apply(layout, change);
            changed.put(name, child);
            all.put(childKey(name.view()), child.isEmpty() ? null : child.root());
        });
        return new ChainState(top.apply(layout, all), changed, addresses, rows, nodes);
    }

    /**
     * Hands the rows of all nodes that have none yet to the sink.
     *
     * @return the same state, knowing its {@link #place}
     */
    public ChainState commit(RowSink sink) {
        var roots = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        children.forEach((name, child) -> {
            long address = child.commit(sink);
            roots.put(name.view(), child.isEmpty() ? null : bytes(address));
        });
        var written = addresses.apply(TrieLayout.V0, roots);
        top.commit(sink);
        written.commit(sink);
        return new ChainState(top, children, written, rows, nodes);
    }

    /** What notes all that is read from this state by way of {@link #over}. */
    public NodeRecorder recorder() {
        var tries = new ArrayList<StateTrie>(children.values());
        top.entries(CHILD_PREFIX.view()).forEachRemaining(root -> tries.add(child(StateRange.childName(root.key()))));
        tries.add(top);
        return new NodeRecorder(tries);
    }

    /** The same state, all to be read by hash from a recorder or a proof; it cannot be committed. */
    public ChainState over(NodeStore nodes) {
        return new ChainState(StateTrie.open(root(), nodes), new TreeMap<>(), StateTrie.empty(), NodeRows.EMPTY,
                Optional.of(nodes));
    }

    /**
     * Where this state lies.
     *
     * @throws IllegalStateException if it was not committed
     */
    public Place place() {
        return new Place(top.address(), addresses.address());
    }

    /**
     * Tells the addresses of those rows of this state that another one does without.
     *
     * @param after a committed state that came from this one by changes
     * @throws IllegalStateException if this state was not committed
     */
    public void replaced(ChainState after, LongConsumer gone) {
        top.replaced(after.top, gone);
        addresses.replaced(after.addresses, gone);
        after.children.forEach((name, child) -> child(name.view()).replaced(child, gone));
    }

    /** The same state with nothing in memory, all to be read again from the rows that it was committed to. */
    public ChainState unloaded(NodeRows from) {
        return open(place(), from);
    }

    private static byte[] bytes(long address) {
        return ByteBuffer.allocate(Long.BYTES).putLong(address).array();
    }

    private static long address(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }
}
