package io.vilokanam.benchmarks.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/** One state that goes forward block by block and back again; what the last blocks changed can be asked for. */
final class UndoState extends PlainHost {

    /** What became of a key in a block; null where there is no value. */
    record Change(Bytes key, byte[] before, byte[] after) {

        Change and(Change later) {
            return new Change(key, before, later.after);
        }
    }

    /** With this begin keys that nobody iterates over. */
    private static final byte WELL_KNOWN = ':';

    private final Map<Bytes, byte[]> current = new HashMap<>();
    private final NavigableSet<Bytes> keys = new TreeSet<>();
    /** What each block that may be taken back changed. */
    private final List<Map<Bytes, Change>> blocks = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final Deque<Integer> layers = new ArrayDeque<>();
    private final Deque<Integer> eventMarks = new ArrayDeque<>();
    private List<byte[]> events = new ArrayList<>();

    // Blocks.

    /**
     * What is changed from now on belongs to the next block.
     *
     * @return what the block changed
     */
    Collection<Change> endBlock() {
        Map<Bytes, Change> all = HashMap.newHashMap(changes.size());
        for (Change change : changes) {
            all.merge(change.key, change, Change::and);
        }
        blocks.add(all);
        changes.clear();
        events = new ArrayList<>();
        return Collections.unmodifiableCollection(all.values());
    }

    int height() {
        return blocks.size();
    }

    /** Takes back the newest block that was ended. */
    void takeBack() {
        if (!changes.isEmpty()) {
            throw new IllegalStateException("a block is under way");
        }
        blocks.removeLast().values().forEach(this::restore);
    }

    private void restore(Change change) {
        if (change.before == null) {
            current.remove(change.key);
            forget(change.key);
        } else if (current.put(change.key, change.before) == null) {
            note(change.key);
        }
    }

    private void note(Bytes key) {
        if (key.at(0) != WELL_KNOWN) {
            keys.add(key);
        }
    }

    private void forget(Bytes key) {
        if (key.at(0) != WELL_KNOWN) {
            keys.remove(key);
        }
    }

    /** A look at the state as it was when so many blocks had been ended. */
    PlainHost at(int height) {
        return height == blocks.size() ? this : new Past(height);
    }

    List<byte[]> events() {
        return Collections.unmodifiableList(events);
    }

    void note(byte[] event) {
        events.add(event);
    }

    // Storage.

    @Override
    public Optional<byte[]> get(byte[] key) {
        return Optional.ofNullable(current.get(Bytes.wrap(key)));
    }

    @Override
    public boolean exists(byte[] key) {
        return current.containsKey(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        Bytes copy = Bytes.copyOf(key);
        byte[] after = value.clone();
        byte[] before = current.put(copy, after);
        if (before == null) {
            note(copy);
        }
        changes.add(new Change(copy, before, after));
    }

    @Override
    public void delete(byte[] key) {
        Bytes copy = Bytes.copyOf(key);
        byte[] before = current.remove(copy);
        if (before != null) {
            forget(copy);
            changes.add(new Change(copy, before, null));
        }
    }

    /** Only digest items are appended to storage here; nobody reads them. */
    @Override
    public void append(byte[] key, byte[] element) {
        put(key, new ScaleOutput().compact(1).raw(element).toByteArray());
    }

    @Override
    public Optional<byte[]> nextKey(byte[] key) {
        return Optional.ofNullable(keys.higher(Bytes.wrap(key))).map(Bytes::toArray);
    }

    @Override
    public void startTransaction() {
        layers.push(changes.size());
        eventMarks.push(events.size());
    }

    @Override
    public void commitTransaction() {
        layers.pop();
        eventMarks.pop();
    }

    @Override
    public void rollbackTransaction() {
        int mark = layers.pop();
        while (changes.size() > mark) {
            restore(changes.removeLast());
        }
        events.subList(eventMarks.pop(), events.size()).clear();
    }

    /** The state at an earlier height, to read single values of. */
    private final class Past extends PlainHost {

        private final int height;

        Past(int height) {
            this.height = height;
        }

        @Override
        public Optional<byte[]> get(byte[] key) {
            Bytes wrapped = Bytes.wrap(key);
            for (int block = height; block < blocks.size(); block++) {
                Change change = blocks.get(block).get(wrapped);
                if (change != null) {
                    return Optional.ofNullable(change.before);
                }
            }
            return UndoState.this.get(key);
        }

        @Override
        public boolean exists(byte[] key) {
            return get(key).isPresent();
        }

        @Override
        public void put(byte[] key, byte[] value) {
            throw notHere("writing to the past");
        }

        @Override
        public void delete(byte[] key) {
            throw notHere("writing to the past");
        }

        @Override
        public void append(byte[] key, byte[] element) {
            throw notHere("writing to the past");
        }

        @Override
        public Optional<byte[]> nextKey(byte[] key) {
            throw notHere("iteration over the past");
        }

        @Override
        public void startTransaction() {
            throw notHere("writing to the past");
        }

        @Override
        public void commitTransaction() {
            throw notHere("writing to the past");
        }

        @Override
        public void rollbackTransaction() {
            throw notHere("writing to the past");
        }
    }
}
