package io.vilokanam.offchain.worker;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import io.vilokanam.scale.Bytes;

/** Bytes by bytes that outlive the process: what off-chain workers and the collector remember on this node alone. */
public interface LocalStore {

    Optional<Bytes> get(Bytes key);

    /** Writes all of the changes or none of them; once it returned, they survive the end of the process. */
    void write(List<Change> changes);

    /** Shows each entry whose key begins with {@code prefix}, in order of the keys. */
    void forEach(Bytes prefix, BiConsumer<Bytes, Bytes> entry);

    /** A new value, or none to delete the key. */
    record Change(Bytes key, Optional<Bytes> value) {}
}
