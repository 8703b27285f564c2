package io.vilokanam.node.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes that belong together, in order: the last one to a key counts. Not thread-safe. */
public final class WriteBatch {

    /** A new value, or none to delete the key. */
    record Change(Column column, byte[] key, Optional<byte[]> value) {}

    private final List<Change> changes = new ArrayList<>();

    public WriteBatch put(Column column, byte[] key, byte[] value) {
        changes.add(new Change(column, key, Optional.of(value)));
        return this;
    }

    public WriteBatch delete(Column column, byte[] key) {
        changes.add(new Change(column, key, Optional.empty()));
        return this;
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    List<Change> changes() {
        return changes;
    }
}
