package io.vilokanam.node.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.node.storage.KeyValueStore.Durability;

final class RocksDbStoreTest extends KeyValueStoreContract {

    @TempDir
    private Path folder;

    @Override
    KeyValueStore open() {
        return new RocksDbStore(folder, 1 << 20);
    }

    @Test
    void keepsWhatWasWrittenWhenItIsOpenedAgain() {
        try (KeyValueStore store = open()) {
            store.write(new WriteBatch().put(Column.META, bytes("a"), bytes("1")), Durability.POWER);
        }
        try (KeyValueStore store = open()) {
            assertArrayEquals(bytes("1"), store.get(Column.META, bytes("a")).orElseThrow());
        }
    }

    @Test
    void isOpenOnlyOnce() {
        try (KeyValueStore _ = open()) {
            assertThrows(StoreFailure.class, this::open);
        }
    }
}
