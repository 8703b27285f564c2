package io.vilokanam.host.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

import io.vilokanam.api.Storage;
import io.vilokanam.trie.StateTrie;

/**
 * What was written over one trie, in nested transactions that can be taken back. Reads and writes are one look into a hash
 * map; a journal remembers, once a key and transaction, what to go back to. A sorted view exists only once somebody walks
 * the keys. What the trie holds is read once a key.
 */
final class ChangeSet {

    /** The deepest nesting of transactions; frame stops at 255 layers. */
    static final int TRANSACTIONS_MAX = 512;

    /** So many changes are looked through one by one before a sorted view is made. */
    private static final int SCANNED_MAX = 64;

    private final StateTrie below;
    private final HashMap<StateKey, Change> changes = new HashMap<>();
    private final ArrayList<Change.Undo> journal = new ArrayList<>();
    /** For each open transaction, the length of the journal when it was opened. */
    private final ArrayList<Integer> marks = new ArrayList<>();
    /** The same changes by unsigned key bytes; null until they are first walked. */
    private TreeMap<byte[], Change> sorted;

    /** @param depth how many transactions are open already, in none of which anything was written here */
    ChangeSet(StateTrie below, int depth) {
        this.below = below;
        for (int i = 0; i < depth; i++) {
            marks.add(0);
        }
    }

    /** The value that a read gives now, or null. */
    byte[] read(byte[] key) {
        var change = change(key);
        return change.isWritten() ? change.written() : base(change);
    }

    boolean exists(byte[] key) {
        var change = change(key);
        if (change.isWritten()) {
            return !change.isDeleted();
        }
        return change.base == Change.NOTHING ? below.contains(key) : change.base != null;
    }

    /** Writes a value, or null to delete. */
    void write(byte[] key, byte[] value) {
        write(change(key), value);
    }

    void append(byte[] key, byte[] element) {
        var change = change(key);
        if (change.current instanceof AppendedValue appended) {
            remember(change);
            appended.append(element);
        } else {
            var appended = AppendedValue.of(change.isWritten() ? (byte[]) change.current : base(change));
            appended.append(element);
            remember(change);
            change.current = appended;
        }
    }

    /** The first key behind the given one that has a value, or null. */
    byte[] nextKey(byte[] key) {
        byte[] stored = below.nextKey(key).orElse(null);
        for (Change change : sorted().tailMap(key, false).values()) {
            if (!change.isWritten()) {
                continue;
            }
            int order = stored == null ? -1 : Arrays.compareUnsigned(change.key, stored);
            if (order > 0) {
                return stored;
            }
            if (!change.isDeleted()) {
                return change.key;
            }
            if (order == 0) {
                stored = below.nextKey(stored).orElse(null);
            }
        }
        return stored;
    }

    /** See {@link Storage#clearPrefix}. */
    Storage.Cleared clearPrefix(byte[] prefix, long limit) {
        int overlay = clearWritten(prefix);
        int deleted = 0;
        int loops = 0;
        var keys = below.keys(prefix);
        boolean remains = false;
        while (keys.hasNext() && !remains) {
            byte[] key = keys.next();
            remains = loops == limit;
            if (!remains) {
                var change = change(key);
                if (!change.isDeleted()) {
                    write(change, null);
                    deleted++;
                }
                loops++;
            }
        }
        return new Storage.Cleared(deleted, overlay + deleted, loops, remains);
    }

    void start() {
        if (marks.size() == TRANSACTIONS_MAX) {
            throw new IllegalStateException("more than " + TRANSACTIONS_MAX + " nested transactions");
        }
        marks.add(journal.size());
    }

    void commit() {
        int mark = close();
        int depth = marks.size();
        int kept = mark;
        for (int i = mark; i < journal.size(); i++) {
            var undo = journal.get(i);
            undo.change.layer = depth;
            // What the enclosing transaction had written before, it already knows how to undo.
            if (depth > 0 && undo.layer < depth) {
                journal.set(kept++, undo);
            }
        }
        journal.subList(kept, journal.size()).clear();
    }

    void rollback() {
        int mark = close();
        List<Change.Undo> undone = journal.subList(mark, journal.size());
        for (int i = undone.size() - 1; i >= 0; i--) {
            undone.get(i).restore();
        }
        undone.clear();
    }

    /** All that was written, by unsigned key bytes. */
    List<Change> written() {
        List<Change> written = new ArrayList<>(changes.size());
        for (Change change : sorted != null ? sorted.values() : changes.values()) {
            if (change.isWritten()) {
                written.add(change);
            }
        }
        if (sorted == null) {
            written.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
        }
        return written;
    }

    private int close() {
        if (marks.isEmpty()) {
            throw new IllegalStateException("no open transaction");
        }
        return marks.removeLast();
    }

    private int clearWritten(byte[] prefix) {
        int count = 0;
        // Order does not matter here: while little is known, the sorted view is not worth being made and kept from now on.
        boolean scans = sorted == null && changes.size() <= SCANNED_MAX;
        for (Change change : scans ? changes.values() : sorted().tailMap(prefix, true).values()) {
            boolean isBelow = startsWith(change.key, prefix);
            if (!isBelow && !scans) {
                break;
            }
            if (isBelow && change.isWritten() && !change.isDeleted()) {
                write(change, null);
                count++;
            }
        }
        return count;
    }

    private void write(Change change, byte[] value) {
        remember(change);
        change.current = value;
    }

    /** Makes sure that the innermost transaction can be taken back. */
    private void remember(Change change) {
        int depth = marks.size();
        if (change.layer < depth) {
            journal.add(new Change.Undo(change));
            change.layer = depth;
        }
    }

    private byte[] base(Change change) {
        if (change.base == Change.NOTHING) {
            change.base = below.get(change.key).orElse(null);
        }
        return (byte[]) change.base;
    }

    private Change change(byte[] key) {
        var stateKey = new StateKey(key);
        var change = changes.get(stateKey);
        if (change == null) {
            change = new Change(key);
            changes.put(stateKey, change);
            if (sorted != null) {
                sorted.put(key, change);
            }
        }
        return change;
    }

    private TreeMap<byte[], Change> sorted() {
        if (sorted == null) {
            sorted = new TreeMap<>(Arrays::compareUnsigned);
            for (Change change : changes.values()) {
                sorted.put(change.key, change);
            }
        }
        return sorted;
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
