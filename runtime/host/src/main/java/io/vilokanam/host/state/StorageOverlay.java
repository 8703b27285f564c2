package io.vilokanam.host.state;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.api.ChildStorage;
import io.vilokanam.api.StateVersion;
import io.vilokanam.api.Storage;
import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

/**
 * The storage that runtime calls see: a state, and over it what the calls write, in nested transactions (sp-state-machine,
 * {@code OverlayedChanges} and {@code Ext}). Used by one thread at a time.
 *
 * <p>Keys of child tries' roots can be read but not written by the main storage's calls; a write to them is ignored, as in
 * the reference.
 */
public final class StorageOverlay implements Storage, ChildStorage {

    /** Keys that begin so are roots of child tries, of whatever kind. */
    private static final byte[] ANY_CHILD_PREFIX = Bytes.ascii(":child_storage:").toArray();
    private static final Cleared NOTHING_CLEARED = new Cleared(0, 0, 0, false);

    private final ChainState state;
    private final TrieLayout layout;
    private final ChangeSet top;
    private final SortedMap<Bytes, ChangeSet> children = new TreeMap<>();
    /** What was written beside the state, to the off-chain index. */
    private final ChangeSet index = new ChangeSet(StateTrie.empty(), 0);
    private int depth;
    /** What was written to the main trie, in order, and the state with all that was written: until the next write. */
    private List<Change> written;
    private ChainState after;

    /** @param version how values are stored that the calls write: the runtime's state version */
    public StorageOverlay(ChainState state, StateVersion version) {
        this.state = state;
        this.layout = switch (version) {
            case V0 -> TrieLayout.V0;
            case V1 -> TrieLayout.V1;
        };
        this.top = new ChangeSet(state.top(), 0);
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return Optional.ofNullable(top.read(key));
    }

    @Override
    public boolean exists(byte[] key) {
        return top.exists(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        if (!isChildRoot(key)) {
            after = null;
            top.write(key, value);
        }
    }

    @Override
    public void delete(byte[] key) {
        if (!isChildRoot(key)) {
            after = null;
            top.write(key, null);
        }
    }

    @Override
    public void append(byte[] key, byte[] element) {
        after = null;
        top.append(key, element);
    }

    @Override
    public Optional<byte[]> nextKey(byte[] key) {
        return Optional.ofNullable(top.nextKey(key));
    }

    @Override
    public Cleared clearPrefix(byte[] prefix, long limit) {
        byte[] childPrefix = ChainState.CHILD_PREFIX.view();
        boolean reachesChildren = prefix.length > childPrefix.length ? ChangeSet.startsWith(prefix, childPrefix)
                : ChangeSet.startsWith(childPrefix, prefix);
        if (reachesChildren) {
            return NOTHING_CLEARED;
        }
        after = null;
        return top.clearPrefix(prefix, limit);
    }

    @Override
    public Optional<byte[]> childGet(byte[] child, byte[] key) {
        var changes = children.get(Bytes.wrap(child));
        return changes == null ? state.child(child).get(key) : Optional.ofNullable(changes.read(key));
    }

    @Override
    public void childPut(byte[] child, byte[] key, byte[] value) {
        written(child).write(key, value);
    }

    @Override
    public void childDelete(byte[] child, byte[] key) {
        written(child).write(key, null);
    }

    @Override
    public Optional<byte[]> childNextKey(byte[] child, byte[] key) {
        var changes = children.get(Bytes.wrap(child));
        return changes == null ? state.child(child).nextKey(key) : Optional.ofNullable(changes.nextKey(key));
    }

    @Override
    public Cleared childClearPrefix(byte[] child, byte[] prefix, long limit) {
        return written(child).clearPrefix(prefix, limit);
    }

    @Override
    public Cleared childKill(byte[] child, long limit) {
        return written(child).clearPrefix(new byte[0], limit);
    }

    /** The root of the child trie with all writes; it is put under the child's key, where {@link #get} then finds it. */
    @Override
    public byte[] childRoot(byte[] child) {
        byte[] key = ChainState.childKey(child);
        var changes = children.get(Bytes.wrap(child));
        if (changes == null) {
            return get(key).orElseGet(StateTrie::emptyRoot);
        }
        var trie = state.child(child).apply(layout, sorted(changes.written()));
        after = null;
        top.write(key, trie.isEmpty() ? null : trie.root());
        return trie.root();
    }

    /** Writes to the off-chain index, which is no part of the state. */
    public void index(byte[] key, byte[] value) {
        index.write(key, value);
    }

    @Override
    public byte[] root() {
        return after().root();
    }

    @Override
    public void startTransaction() {
        top.start();
        index.start();
        children.values().forEach(ChangeSet::start);
        depth++;
    }

    @Override
    public void commitTransaction() {
        top.commit();
        index.commit();
        children.values().forEach(ChangeSet::commit);
        depth--;
    }

    @Override
    public void rollbackTransaction() {
        top.rollback();
        index.rollback();
        children.values().forEach(ChangeSet::rollback);
        depth--;
        after = null;
    }

    /** How many transactions are open. */
    public int depth() {
        return depth;
    }

    /** Takes back the transactions that a call left open, down to a depth that was open before it. */
    public void rollbackTo(int formerDepth) {
        while (depth > formerDepth) {
            rollbackTransaction();
        }
    }

    /** The state with all that was written so far; child roots are put in. */
    public ChainState after() {
        if (after == null) {
            var changed = new TreeMap<Bytes, SortedMap<byte[], byte[]>>();
            children.forEach((name, changes) -> changed.put(name, sorted(changes.written())));
            changed.values().removeIf(SortedMap::isEmpty);
            written = top.written();
            after = changed.isEmpty() ? applied(written) : state.apply(layout, sorted(written), changed);
        }
        return after;
    }

    /**
     * What was written, with the state after it.
     *
     * @throws IllegalStateException if a transaction is open
     */
    public StateChanges changes() {
        if (depth != 0) {
            throw new IllegalStateException(depth + " transactions are open, expected none");
        }
        var whole = after();
        var main = values(written);
        var childValues = new TreeMap<Bytes, SortedMap<Bytes, Optional<Bytes>>>();
        children.forEach((name, changes) -> childValues.put(name, values(changes.written())));
        childValues.values().removeIf(SortedMap::isEmpty);
        return new StateChanges(whole, main, childValues, values(index.written()));
    }

    private ChangeSet written(byte[] child) {
        after = null;
        return children.computeIfAbsent(Bytes.wrap(child), name -> new ChangeSet(state.child(name.view()), depth));
    }

    private ChainState applied(List<Change> changes) {
        byte[][] keys = new byte[changes.size()][];
        byte[][] values = new byte[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = changes.get(i).key;
            values[i] = changes.get(i).written();
        }
        return state.apply(layout, keys, values);
    }

    private static boolean isChildRoot(byte[] key) {
        return ChangeSet.startsWith(key, ANY_CHILD_PREFIX);
    }

    private static SortedMap<byte[], byte[]> sorted(List<Change> written) {
        var sorted = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        written.forEach(change -> sorted.put(change.key, change.written()));
        return sorted;
    }

    private static SortedMap<Bytes, Optional<Bytes>> values(List<Change> written) {
        var values = new TreeMap<Bytes, Optional<Bytes>>();
        written.forEach(change -> values.put(Bytes.wrap(change.key),
                Optional.ofNullable(change.written()).map(Bytes::wrap)));
        return values;
    }
}
