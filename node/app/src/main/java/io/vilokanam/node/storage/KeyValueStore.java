package io.vilokanam.node.storage;

import java.util.List;
import java.util.Optional;

/**
 * Ordered bytes by bytes in columns, written in batches that happen as a whole or not at all. Reads may come from several
 * threads at once; writers take care of each other themselves. Arrays are handed over, nobody writes to them afterwards.
 *
 * <p>A store that cannot read or write its disk throws {@link StoreFailure}: nothing can go on from there.
 */
public interface KeyValueStore extends AutoCloseable {

    Optional<byte[]> get(Column column, byte[] key);

    boolean contains(Column column, byte[] key);

    /** The entries whose key begins with {@code prefix}, in unsigned byte order, at most {@code limit} of them. */
    List<Entry> scan(Column column, byte[] prefix, int limit);

    /** The first entry, in unsigned byte order, whose key is the given one or behind it. */
    Optional<Entry> first(Column column, byte[] from);

    /** Writes all of a batch or nothing of it. */
    void write(WriteBatch batch, Durability durability);

    /** Bytes of memory that hold what was read from disk. */
    default long cacheBytes() {
        return 0;
    }

    /** Bytes of memory that hold what was written and is not on disk, or never will be. */
    default long unwrittenBytes() {
        return 0;
    }

    @Override
    void close();

    /** A key with its value. */
    record Entry(byte[] key, byte[] value) {}

    /** What a write survives once {@link #write} has returned. */
    enum Durability {
        /** The end of this process, even by {@code kill -9}. */
        PROCESS,
        /** The end of the machine's power too. */
        POWER
    }
}
