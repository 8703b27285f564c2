package io.vilokanam.node.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.storage.KeyValueStore.Durability;
import io.vilokanam.scale.Bytes;

/** What every store promises. */
abstract class KeyValueStoreContract {

    abstract KeyValueStore open();

    static byte[] bytes(String text) {
        return Bytes.ascii(text).toArray();
    }

    @Test
    void findsWhatWasWrittenInItsColumnOnly() {
        try (KeyValueStore store = open()) {
            store.write(new WriteBatch().put(Column.STATE, bytes("k"), bytes("v")), Durability.PROCESS);
            assertArrayEquals(bytes("v"), store.get(Column.STATE, bytes("k")).orElseThrow());
            assertTrue(store.contains(Column.STATE, bytes("k")));
            assertEquals(Optional.empty(), store.get(Column.META, bytes("k")));
        }
    }

    @Test
    void takesTheLastChangeOfABatch() {
        try (KeyValueStore store = open()) {
            store.write(new WriteBatch().put(Column.META, bytes("a"), bytes("1")).delete(Column.META, bytes("a"))
                    .put(Column.META, bytes("b"), bytes("1")).put(Column.META, bytes("b"), bytes("2")),
                    Durability.PROCESS);
            assertFalse(store.contains(Column.META, bytes("a")));
            assertArrayEquals(bytes("2"), store.get(Column.META, bytes("b")).orElseThrow());
        }
    }

    @Test
    void keepsEmptyKeysAndValues() {
        try (KeyValueStore store = open()) {
            store.write(new WriteBatch().put(Column.OFFCHAIN, bytes(""), bytes("")), Durability.PROCESS);
            assertArrayEquals(bytes(""), store.get(Column.OFFCHAIN, bytes("")).orElseThrow());
        }
    }

    @Test
    void scansAPrefixInUnsignedOrder() {
        try (KeyValueStore store = open()) {
            WriteBatch batch = new WriteBatch();
            for (String hex : List.of("0100", "01ff", "017f", "0180", "02", "00")) {
                batch.put(Column.AUXILIARY, Bytes.fromHex(hex).toArray(), bytes(hex));
            }
            store.write(batch, Durability.PROCESS);
            List<String> found = store.scan(Column.AUXILIARY, new byte[]{1}, 3).stream()
                    .map(entry -> Bytes.hex(entry.key())).toList();
            assertEquals(List.of("0x0100", "0x017f", "0x0180"), found);
            assertEquals(4, store.scan(Column.AUXILIARY, new byte[]{1}, 100).size());
        }
    }
}
