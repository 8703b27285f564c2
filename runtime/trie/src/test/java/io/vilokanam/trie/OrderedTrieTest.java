package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Vectors;

class OrderedTrieTest {

    @Test
    void bodiesOfRealBlocksHaveTheirExtrinsicsRoots() throws IOException {
        String family = new String(Vectors.file("headers.json"), StandardCharsets.UTF_8);
        JsonNode blocks = new ObjectMapper().readTree(family).get("groups").get("body");
        assertTrue(blocks.size() > 0);
        for (JsonNode block : blocks) {
            List<byte[]> extrinsics = new ArrayList<>();
            block.get("body").forEach(extrinsic -> extrinsics.add(Vectors.bytes(extrinsic)));
            var layout = TrieLayout.valueOf(block.get("layout").asText());
            assertEquals(block.get("extrinsics_root").asText(), Hex.encode(OrderedTrie.root(layout, extrinsics)),
                    block.get("id").asText());
        }
    }
}
