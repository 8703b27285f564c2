package io.vilokanam.host.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vilokanam.api.StateVersion;
import io.vilokanam.api.Storage.Cleared;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.testkit.Vectors;
import io.vilokanam.trie.RowSink;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

class StorageOverlayTest {

    private final StorageOverlay overlay = new StorageOverlay(ChainState.empty(), StateVersion.V1);

    @ParameterizedTest
    @CsvSource({
            "0x, 0x0407",
            "0x00, 0x0407",
            "0x0401, 0x080107",
            "0x03, 0x0407",
            "0x01, 0x0407",
            "0x0100, 0x0407",
            "0x02000000, 0x0407",
            "0x0300000000, 0x0407",
            "0x08, 0x0c07",
            "0xfc, 0x010107",
            "0xfdff, 0x0200010007",
            "0xfeffffff, 0x030000004007",
            "0x03ffffffff, 0x0007",
    })
    void appendKeepsWhatBeginsWithACountAndReplacesTheRest(String before, String after) {
        overlay.put(key("list"), Hex.decode(before));
        overlay.append(key("list"), new byte[]{7});
        assertEquals(after, Hex.encode(overlay.get(key("list")).orElseThrow()));
    }

    @Test
    void appendsOfTransactionsThatAreTakenBackAreGone() {
        overlay.append(key("list"), new byte[]{1});
        overlay.startTransaction();
        overlay.append(key("list"), new byte[]{2});
        overlay.startTransaction();
        overlay.append(key("list"), new byte[]{3});
        overlay.commitTransaction();
        assertEquals("0x0c010203", Hex.encode(overlay.get(key("list")).orElseThrow()));
        overlay.rollbackTransaction();
        overlay.append(key("list"), new byte[]{4});
        assertEquals("0x080104", Hex.encode(overlay.get(key("list")).orElseThrow()));
    }

    @Test
    void theOffchainIndexFollowsTransactionsAndIsNoPartOfTheState() {
        byte[] before = overlay.root();
        overlay.index(key("kept"), new byte[]{1});
        overlay.startTransaction();
        overlay.index(key("gone"), new byte[]{2});
        overlay.rollbackTransaction();
        overlay.startTransaction();
        overlay.index(key("kept"), new byte[]{3});
        overlay.commitTransaction();
        StateChanges changes = overlay.changes();
        assertEquals(Map.of(Bytes.wrap(key("kept")), Optional.of(Bytes.wrap(new byte[]{3}))), changes.index());
        assertEquals(Map.of(), changes.main());
        assertArrayEquals(before, changes.after().root());
    }

    @Test
    void aRootSeesAppendsMadeAfterAnEarlierRoot() {
        overlay.append(key("list"), new byte[]{1});
        byte[] first = overlay.root();
        overlay.append(key("list"), new byte[]{2});
        assertFalse(Arrays.equals(first, overlay.root()));
    }

    @Test
    void closingMoreTransactionsThanAreOpenIsRefused() {
        assertThrows(IllegalStateException.class, overlay::commitTransaction);
        assertThrows(IllegalStateException.class, overlay::rollbackTransaction);
        assertEquals(0, overlay.depth());
        overlay.startTransaction();
        assertThrows(IllegalStateException.class, overlay::changes);
    }

    @Test
    void transactionsThatACallLeftOpenAreTakenBack() {
        overlay.startTransaction();
        overlay.put(key("kept"), new byte[]{1});
        int depth = overlay.depth();
        overlay.startTransaction();
        overlay.startTransaction();
        overlay.put(key("dangling"), new byte[]{1});
        overlay.rollbackTo(depth);
        assertTrue(overlay.exists(key("kept")));
        assertFalse(overlay.exists(key("dangling")));
    }

    @Test
    void nestingHasALimit() {
        for (int i = 0; i < ChangeSet.TRANSACTIONS_MAX; i++) {
            overlay.startTransaction();
        }
        assertThrows(IllegalStateException.class, overlay::startTransaction);
    }

    @Test
    void rootsOfChildTriesCannotBeWrittenDirectly() {
        overlay.put(ChainState.childKey(key("c")), new byte[32]);
        overlay.delete(ChainState.childKey(key("c")));
        assertFalse(overlay.exists(ChainState.childKey(key("c"))));
        overlay.put(key("a"), new byte[]{1});
        for (String prefix : new String[]{"", ":child", ":child_storage:default:c"}) {
            assertEquals(new Cleared(0, 0, 0, false), overlay.clearPrefix(key(prefix), -1));
        }
        assertTrue(overlay.exists(key("a")));
    }

    @Test
    void theRootOfAChildTrieStandsInTheParent() {
        overlay.childPut(key("c"), key("a"), new byte[]{1});
        assertFalse(overlay.exists(ChainState.childKey(key("c"))));
        byte[] root = overlay.childRoot(key("c"));
        assertArrayEquals(root, overlay.get(ChainState.childKey(key("c"))).orElseThrow());
        assertArrayEquals(StateTrie.emptyRoot(), overlay.childRoot(key("other")));
        var rows = new HashMap<Long, byte[]>();
        RowSink sink = row -> {
            rows.put(rows.size() + 1L, row);
            return rows.size();
        };
        var opened = ChainState.open(overlay.changes().after().commit(sink).place(), rows::get);
        assertArrayEquals(new byte[]{1}, opened.child(key("c")).get(key("a")).orElseThrow());
        var second = new StorageOverlay(opened, StateVersion.V1);
        assertEquals(new Cleared(1, 1, 1, false), second.childKill(key("c"), -1));
        assertArrayEquals(StateTrie.emptyRoot(), second.childRoot(key("c")));
        assertArrayEquals(StateTrie.emptyRoot(), second.root());
        var gone = new TreeSet<Long>();
        var nothing = second.changes().after().commit(sink);
        opened.replaced(nothing, gone::add);
        assertEquals(rows.keySet(), gone);
        assertEquals(new ChainState.Place(0, 0), nothing.place());
    }

    @Test
    void stateVersionDecidesHowValuesAreStored() {
        byte[] value = new byte[33];
        for (StateVersion version : StateVersion.values()) {
            var written = new StorageOverlay(ChainState.empty(), version);
            written.put(key("a"), value);
            var entries = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
            entries.put(key("a"), value);
            assertArrayEquals(StateTrie.of(TrieLayout.ofStateVersion(version.ordinal()), entries).root(),
                    written.root());
        }
    }

    /** Blocks as a stock node made them: their changes through an overlay give their roots and come out again. */
    @Test
    void recordedBlocksComeOutAsTheyWentIn() {
        var genesis = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        Refchain.json("dev.raw.json").get("genesis").get("raw").get("top").properties()
                .forEach(entry -> genesis.put(Hex.decode(entry.getKey()), Vectors.bytes(entry.getValue())));
        var state = ChainState.empty().apply(TrieLayout.V1, genesis, new TreeMap<>());
        for (JsonNode block : Refchain.json("dev-chain.json").get("blocks")) {
            var written = new StorageOverlay(state, StateVersion.V1);
            written.startTransaction();
            var expected = new TreeMap<Bytes, Optional<Bytes>>();
            for (Map.Entry<String, JsonNode> change : block.get("changes").properties()) {
                byte[] key = Hex.decode(change.getKey());
                if (change.getValue().isNull()) {
                    written.delete(key);
                    expected.put(Bytes.wrap(key), Optional.empty());
                } else {
                    written.put(key, Vectors.bytes(change.getValue()));
                    expected.put(Bytes.wrap(key), Optional.of(Bytes.wrap(Vectors.bytes(change.getValue()))));
                }
            }
            written.commitTransaction();
            assertEquals(block.get("stateRoot").asText(), Hex.encode(written.root()));
            var changes = written.changes();
            assertEquals(expected, changes.main());
            state = changes.after();
        }
    }

    private static byte[] key(String text) {
        return Bytes.ascii(text).toArray();
    }
}
