package io.vilokanam.node.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteOptions;

/**
 * A store on disk. Every write goes through RocksDB's log first, so a killed process loses nothing; a write for
 * {@link KeyValueStore.Durability#POWER} waits for the disk. Loading the native library takes some 200 ms: only whoever keeps
 * a chain touches this class.
 */
public final class RocksDbStore implements KeyValueStore {

    /** Bloom filter bits a key: about 1 % false positives. */
    private static final int BLOOM_BITS = 10;
    private static final long WRITE_BUFFER_BYTES = 32L << 20;
    private static final int OPEN_FILES_MAX = 512;
    /** The log is cut when it grows beyond this, so a restart replays little. */
    private static final long LOG_BYTES_MAX = 64L << 20;

    static {
        RocksDB.loadLibrary();
    }

    private final RocksDB database;
    private final LRUCache cache;
    private final List<ColumnFamilyHandle> handles = new ArrayList<>();
    private final List<RocksObject> resources = new ArrayList<>();
    private final WriteOptions plain = new WriteOptions();
    private final WriteOptions synced = new WriteOptions().setSync(true);

    /**
     * Opens or makes a database.
     *
     * @param cacheBytes how much memory for blocks read
     * @throws StoreFailure if another process has it open, a newer program made it, or it cannot be read
     */
    public RocksDbStore(Path folder, long cacheBytes) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreFailure("cannot make the database folder " + folder, e);
        }
        DatabaseVersion.require(folder);
        cache = new LRUCache(cacheBytes);
        BloomFilter bloom = new BloomFilter(BLOOM_BITS, false);
        ColumnFamilyOptions columnOptions = new ColumnFamilyOptions().setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom)
                        .setCacheIndexAndFilterBlocks(true));
        DBOptions options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true)
                .setMaxOpenFiles(OPEN_FILES_MAX).setMaxTotalWalSize(LOG_BYTES_MAX)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(1);
        resources.addAll(List.of(options, columnOptions, bloom, cache));
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, columnOptions));
        for (Column column : Column.values()) {
            descriptors
                    .add(new ColumnFamilyDescriptor(column.label().getBytes(StandardCharsets.US_ASCII), columnOptions));
        }
        try {
            database = RocksDB.open(options, folder.toString(), descriptors, handles);
        } catch (RocksDBException e) {
            throw new StoreFailure("cannot open the database in " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public long cacheBytes() {
        return cache.getUsage();
    }

    @Override
    public long unwrittenBytes() {
        try {
            return database.getAggregatedLongProperty("rocksdb.size-all-mem-tables");
        } catch (RocksDBException e) {
            throw new StoreFailure("cannot read how much memory the database uses", e);
        }
    }

    private ColumnFamilyHandle handle(Column column) {
        return handles.get(column.ordinal() + 1);
    }

    @Override
    public Optional<byte[]> get(Column column, byte[] key) {
        try {
            return Optional.ofNullable(database.get(handle(column), key));
        } catch (RocksDBException e) {
            throw new StoreFailure("cannot read column " + column.label(), e);
        }
    }

    @Override
    public boolean contains(Column column, byte[] key) {
        return get(column, key).isPresent();
    }

    @Override
    public List<Entry> scan(Column column, byte[] prefix, int limit) {
        List<Entry> found = new ArrayList<>();
        try (RocksIterator iterator = database.newIterator(handle(column))) {
            for (iterator.seek(prefix); iterator.isValid() && found.size() < limit; iterator.next()) {
                if (!InMemoryStore.startsWith(iterator.key(), prefix)) {
                    break;
                }
                found.add(new Entry(iterator.key(), iterator.value()));
            }
            iterator.status();
        } catch (RocksDBException e) {
            throw new StoreFailure("cannot scan column " + column.label(), e);
        }
        return found;
    }

    @Override
    public Optional<Entry> first(Column column, byte[] from) {
        try (RocksIterator iterator = database.newIterator(handle(column))) {
            iterator.seek(from);
            Optional<Entry> found = iterator.isValid() ? Optional.of(new Entry(iterator.key(), iterator.value()))
                    : Optional.empty();
            iterator.status();
            return found;
        } catch (RocksDBException e) {
            throw new StoreFailure("cannot scan column " + column.label(), e);
        }
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        try (var written = new org.rocksdb.WriteBatch()) {
            for (WriteBatch.Change change : batch.changes()) {
                if (change.value().isPresent()) {
                    written.put(handle(change.column()), change.key(), change.value().get());
                } else if (change.column().isWrittenOnce()) {
                    written.singleDelete(handle(change.column()), change.key());
                } else {
                    written.delete(handle(change.column()), change.key());
                }
            }
            database.write(durability == Durability.POWER ? synced : plain, written);
        } catch (RocksDBException e) {
            throw new StoreFailure("cannot write to the database", e);
        }
    }

    @Override
    public void close() {
        handles.forEach(ColumnFamilyHandle::close);
        try {
            database.closeE();
        } catch (RocksDBException e) {
            throw new StoreFailure("cannot close the database", e);
        } finally {
            plain.close();
            synced.close();
            resources.forEach(RocksObject::close);
        }
    }
}
