package io.vilokanam.offchain.model;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import io.vilokanam.offchain.worker.LocalStore;
import io.vilokanam.scale.Bytes;

/** A local store in a map. */
public final class MapStore implements LocalStore {

    private final TreeMap<Bytes, Bytes> entries = new TreeMap<>();

    @Override
    public synchronized Optional<Bytes> get(Bytes key) {
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public synchronized void write(List<Change> changes) {
        changes.forEach(change -> change.value().ifPresentOrElse(value -> entries.put(change.key(), value),
                () -> entries.remove(change.key())));
    }

    @Override
    public synchronized void forEach(Bytes prefix, BiConsumer<Bytes, Bytes> entry) {
        new TreeMap<>(entries).forEach((key, value) -> {
            if (key.hex().startsWith(prefix.hex())) {
                entry.accept(key, value);
            }
        });
    }

    public synchronized int size() {
        return entries.size();
    }
}
