package io.vilokanam.node.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A store that lives as long as the process: for {@code --dev}, {@code --tmp} and tests. */
public final class InMemoryStore implements KeyValueStore {

    private final Map<Column, NavigableMap<byte[], byte[]>> columns = new EnumMap<>(Column.class);
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile long bytes;

    public InMemoryStore() {
        for (Column column : Column.values()) {
            columns.put(column, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    @Override
    public Optional<byte[]> get(Column column, byte[] key) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(columns.get(column).get(key));
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public boolean contains(Column column, byte[] key) {
        return get(column, key).isPresent();
    }

    @Override
    public List<Entry> scan(Column column, byte[] prefix, int limit) {
        lock.readLock().lock();
        try {
            List<Entry> found = new ArrayList<>();
            for (Map.Entry<byte[], byte[]> entry : columns.get(column).tailMap(prefix, true).entrySet()) {
                if (found.size() == limit || !startsWith(entry.getKey(), prefix)) {
                    break;
                }
                found.add(new Entry(entry.getKey(), entry.getValue()));
            }
            return found;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public Optional<Entry> first(Column column, byte[] from) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(columns.get(column).ceilingEntry(from))
                    .map(entry -> new Entry(entry.getKey(), entry.getValue()));
        } finally {
            lock.readLock().unlock();
        }
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        lock.writeLock().lock();
        try {
            long sum = bytes;
            for (WriteBatch.Change change : batch.changes()) {
                NavigableMap<byte[], byte[]> column = columns.get(change.column());
                byte[] former = change.value().isPresent() ? column.put(change.key(), change.value().get())
                        : column.remove(change.key());
                sum += change.value().map(value -> change.key().length + value.length).orElse(0)
                        - (former == null ? 0 : change.key().length + former.length);
            }
            bytes = sum;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public long unwrittenBytes() {
        return bytes;
    }

    /** Nothing to close: what is in memory goes with the process. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            columns.values().forEach(Map::clear);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
