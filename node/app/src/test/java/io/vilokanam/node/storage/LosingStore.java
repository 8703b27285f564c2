package io.vilokanam.node.storage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A store in memory that knows which batches a machine may lose with its power: those after the last one that waited for the
 * disk, from any one of them on. It watches that what is written once is put once and deleted once.
 */
public final class LosingStore implements KeyValueStore {

    private final InMemoryStore store = new InMemoryStore();
    private final List<WriteBatch> batches = new ArrayList<>();
    private int safe;

    /** How many batches a loss of power may take. */
    public int unsafe() {
        return batches.size() - safe;
    }

    /** The store as it is after so many batches were lost. */
    public LosingStore without(int lost) {
        LosingStore left = new LosingStore();
        batches.subList(0, batches.size() - lost).forEach(batch -> left.write(batch, Durability.POWER));
        return left;
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        for (WriteBatch.Change change : batch.changes()) {
            if (change.column().isWrittenOnce()) {
                boolean isThere = store.contains(change.column(), change.key());
                if (change.value().isPresent()) {
                    assertFalse(isThere, "a row was written twice");
                } else {
                    assertTrue(isThere, "a row was deleted twice");
                }
            }
        }
        store.write(batch, durability);
        batches.add(batch);
        if (durability == Durability.POWER) {
            safe = batches.size();
        }
    }

    @Override
    public Optional<byte[]> get(Column column, byte[] key) {
        return store.get(column, key);
    }

    @Override
    public boolean contains(Column column, byte[] key) {
        return store.contains(column, key);
    }

    @Override
    public List<Entry> scan(Column column, byte[] prefix, int limit) {
        return store.scan(column, prefix, limit);
    }

    @Override
    public Optional<Entry> first(Column column, byte[] from) {
        return store.first(column, from);
    }

    @Override
    public void close() {
        // It lives on, to be opened again.
    }
}
