package io.vilokanam.node.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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

    @Test
    void aDatabaseOfANewerProgramIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(folder.resolve("db_version"), "99");
        StoreFailure failure = assertThrows(StoreFailure.class, this::open);
        assertTrue(failure.getMessage().startsWith("Database version comes from future version of the client: 99"),
                failure.getMessage());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aVersionThatIsNoNumberIsRefused() throws IOException {
        for (String text : new String[]{"", "one", "-1", "1\n", "12345678901234567890"}) {
            Files.writeString(folder.resolve("db_version"), text);
            StoreFailure failure = assertThrows(StoreFailure.class, this::open, text);
            assertTrue(failure.getMessage().startsWith("Database version cannot be read"), failure.getMessage());
        }
    }

    @Test
    void aDatabaseOfAnOlderVersionIsRefusedWithAWayOut() throws IOException {
        try (KeyValueStore store = open()) {
            store.write(new WriteBatch().put(Column.META, bytes("a"), bytes("1")), Durability.POWER);
        }
        assertEquals("2", Files.readString(folder.resolve("db_version")));
        Files.delete(folder.resolve("db_version"));
        assertRefusedAsOlder();
        Files.writeString(folder.resolve("db_version"), "1");
        assertRefusedAsOlder();
    }

    private void assertRefusedAsOlder() {
        StoreFailure failure = assertThrows(StoreFailure.class, this::open);
        assertTrue(failure.getMessage().startsWith("Database version no longer supported: 1, expected 2"),
                failure.getMessage());
        assertTrue(failure.getMessage().contains("import-blocks"), failure.getMessage());
    }
}
