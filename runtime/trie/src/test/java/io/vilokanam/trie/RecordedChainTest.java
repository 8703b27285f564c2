package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.testkit.Vectors;

/** A stock node's chain, block by block: recorded storage changes give the recorded roots. */
class RecordedChainTest {

    @Test
    void everyBlockOfTheRecordedChainHasItsRoots() {
        var rows = new MemoryRows();
        var trie = StateTrie.of(TrieLayout.V1, top("dev.raw.json"));
        trie.commit(rows);
        JsonNode blocks = Refchain.json("dev-chain.json").get("blocks");
        assertTrue(blocks.size() > 10);
        for (JsonNode block : blocks) {
            var changes = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
            block.get("changes").properties().forEach(change -> changes.put(Hex.decode(change.getKey()),
                    change.getValue().isNull() ? null : Vectors.bytes(change.getValue())));
            trie = trie.apply(TrieLayout.V1, changes);
            trie.commit(rows);
            trie = trie.unloaded(rows);
            assertEquals(block.get("stateRoot").asText(), Hex.encode(trie.root()), block.get("number").asText());
            List<byte[]> extrinsics = new ArrayList<>();
            block.get("extrinsics").forEach(extrinsic -> extrinsics.add(Vectors.bytes(extrinsic)));
            assertEquals(block.get("extrinsicsRoot").asText(), Hex.encode(OrderedTrie.root(TrieLayout.V0, extrinsics)));
        }
    }

    private static TreeMap<byte[], byte[]> top(String spec) {
        var entries = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        Refchain.json(spec).get("genesis").get("raw").get("top").properties()
                .forEach(entry -> entries.put(Hex.decode(entry.getKey()), Vectors.bytes(entry.getValue())));
        return entries;
    }
}
