package io.vilokanam.offchain.model;

import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import io.vilokanam.offchain.collector.KnownSession;
import io.vilokanam.offchain.collector.RowChanges;
import io.vilokanam.offchain.collector.RowStore;
import io.vilokanam.offchain.collector.StoredRow;
import io.vilokanam.scale.Bytes;

/** The collector's rows in a map. */
public final class MapRows implements RowStore {

    private final TreeMap<Long, byte[]> rows = new TreeMap<>();

    @Override
    public int forEach(BiConsumer<KnownSession, Optional<Bytes>> action) {
        int unreadable = 0;
        for (byte[] value : rows.values()) {
            Optional<StoredRow> row = StoredRow.read(value);
            row.ifPresent(one -> action.accept(one.session(), one.secret()));
            unreadable += row.isPresent() ? 0 : 1;
        }
        return unreadable;
    }

    @Override
    public void write(RowChanges changes) {
        changes.removed().forEach(rows::remove);
        for (int i = 0; i < changes.count(); i++) {
            rows.put(changes.session(i), StoredRow.write(changes, i));
        }
    }

    /** Puts what need not be a row in the place of one. */
    public void put(long session, byte[] value) {
        rows.put(session, value);
    }

    public int size() {
        return rows.size();
    }
}
