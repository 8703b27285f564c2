package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Vectors;

class TrieVectorsTest {

    @TestFactory
    Stream<DynamicNode> trieAgreesWithIndependentImplementations() {
        return Vectors.family("trie").tests(Map.of(
                "state_root", TrieVectorsTest::stateRoot,
                "ordered_root", TrieVectorsTest::orderedRoot,
                "proof_valid", TrieVectorsTest::proofValid,
                "proof_invalid", TrieVectorsTest::proofInvalid));
    }

    @TestFactory
    Stream<DynamicNode> genesisStatesOfRealChainsHaveTheirRoots() {
        return Vectors.family("genesis_state").tests(Map.of("genesis", TrieVectorsTest::genesisState));
    }

    /** What each block of a real runtime changed, on the state before it. */
    @TestFactory
    Stream<DynamicNode> statesOfARealChainHaveTheirRootsBlockByBlock() {
        Vectors family = Vectors.family("runtime_blocks");
        return family.tests(Map.of("block", vector -> block(family.group("block"), vector)));
    }

    private static void block(JsonNode chain, JsonNode vector) {
        JsonNode genesis = Vectors.family("genesis_state").group("genesis").valueStream()
                .filter(each -> each.get("name").asText().equals("dev-chain-of-runtime_blocks")).findFirst()
                .orElseThrow();
        var whole = entries(genesis.get("entries_without_code"));
        var trie = withCode(genesis, whole);
        for (JsonNode block : chain) {
            if (block.get("number").asInt() <= vector.get("number").asInt()) {
                var changes = entries(block.get("state_diff"));
                trie = trie.apply(TrieLayout.V1, changes);
                whole.putAll(changes);
            }
        }
        assertEquals(vector.get("state_root").asText(), Hex.encode(trie.root()), "block by block");
        whole.values().removeIf(Objects::isNull);
        assertEquals(vector.get("state_root").asText(), Hex.encode(withCode(genesis, whole).root()), "at once");
    }

    private static void stateRoot(JsonNode vector) throws TrieException {
        var entries = entries(vector.get("entries"));
        for (TrieLayout layout : TrieLayout.values()) {
            byte[] root = Vectors.bytes(vector.get("root_v" + layout.ordinal()));
            assertEquals(Hex.encode(root), Hex.encode(SortedTrie.root(layout, entries)), "sorted root " + layout);
            var trie = StateTrie.of(layout, entries);
            assertEquals(Hex.encode(root), Hex.encode(trie.root()), "trie root " + layout);
            var stepwise = StateTrie.empty();
            for (var entry : entries.entrySet()) {
                var one = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
                one.put(entry.getKey(), entry.getValue());
                stepwise = stepwise.apply(layout, one);
            }
            assertEquals(Hex.encode(root), Hex.encode(stepwise.root()), "root after single writes " + layout);
            var proof = ReadProof.ofKeys(trie, entries.keySet());
            for (var entry : entries.entrySet()) {
                assertArrayEquals(entry.getValue(),
                        ReadProof.of(proof.nodes()).read(root, entry.getKey()).orElseThrow());
            }
        }
    }

    private static void orderedRoot(JsonNode vector) {
        List<byte[]> items = new ArrayList<>();
        vector.get("items").forEach(item -> items.add(Vectors.bytes(item)));
        for (TrieLayout layout : TrieLayout.values()) {
            assertEquals(vector.get("root_v" + layout.ordinal()).asText(), Hex.encode(OrderedTrie.root(layout, items)));
        }
    }

    private static void proofValid(JsonNode vector) throws TrieException {
        byte[] root = Vectors.bytes(vector.get("root"));
        var proof = ReadProof.of(nodes(vector));
        List<byte[]> keys = new ArrayList<>();
        for (JsonNode item : vector.get("items")) {
            byte[] key = Vectors.bytes(item.get("key"));
            keys.add(key);
            String value = proof.read(root, key).map(Hex::encode).orElse(null);
            assertEquals(item.get("value").textValue(), value, () -> "key " + item.get("key"));
        }
        List<byte[]> surplus = new ArrayList<>(nodes(vector));
        surplus.add(new byte[]{1, 2, 3});
        for (byte[] key : keys) {
            assertEquals(proof.read(root, key).map(Hex::encode),
                    ReadProof.of(surplus).read(root, key).map(Hex::encode));
        }
        assertEquals(nodes(vector).stream().map(Hex::encode).sorted().toList(), provenAgain(root, nodes(vector), keys));
    }

    /** The proof as we would make it, from a trie that has nothing but the nodes of the given one. */
    private static List<String> provenAgain(byte[] root, List<byte[]> nodes, List<byte[]> keys) {
        var store = new MemoryStore();
        nodes.forEach(store::add);
        return ReadProof.ofKeys(StateTrie.open(root, store), keys).nodes().stream().map(Hex::encode).sorted().toList();
    }

    private static void proofInvalid(JsonNode vector) throws TrieException {
        byte[] root = Vectors.bytes(vector.get("root"));
        byte[] key = Vectors.bytes(vector.get("key"));
        var proof = ReadProof.of(nodes(vector));
        if (vector.get("expect").asText().startsWith("reject")) {
            assertThrows(TrieException.class, () -> proof.read(root, key));
        } else {
            assertEquals("the proof itself is fine; comparison with the claimed value must fail",
                    vector.get("expect").asText());
            byte[] value = proof.read(root, key).orElseThrow();
            assertFalse(Arrays.equals(Vectors.bytes(vector.get("claimed_value")), value));
        }
    }

    private static void genesisState(JsonNode vector) {
        var entries = entries(vector.get("entries_without_code"));
        assertEquals(vector.get("root_v1_without_code").asText(), Hex.encode(SortedTrie.root(TrieLayout.V1, entries)));
        var older = StateTrie.of(TrieLayout.V0, entries);
        if (vector.has("root_v0_without_code")) {
            assertEquals(vector.get("root_v0_without_code").asText(), Hex.encode(older.root()));
        }
        if (vector.has("root_v1_with_code")) {
            assertEquals(vector.get("root_v1_with_code").asText(), Hex.encode(withCode(vector, entries).root()));
        }
        if (vector.has("genesis_state_root")) {
            assertEquals(1, vector.get("state_version").asInt());
            assertEquals(vector.get("genesis_state_root").asText(), Hex.encode(withCode(vector, entries).root()));
        }
    }

    /** The code is known by its hash alone: a stand-in is put in its place and its hash exchanged in the encoded leaf. */
    private static StateTrie withCode(JsonNode vector, TreeMap<byte[], byte[]> entries) {
        byte[] codeHash = Vectors.bytes(vector.get("code_blake2_256"));
        var node = new Leaf(":code".getBytes(StandardCharsets.US_ASCII), 0, new StoredValue(codeHash), true);
        var writer = new NodeWriter();
        writer.merkle(node);
        writer.clear();
        writer.node(node);
        var store = new MemoryStore();
        store.add(writer.copy());
        return StateTrie.open(node.merkle(), store).apply(TrieLayout.V1, entries);
    }

    private static List<byte[]> nodes(JsonNode vector) {
        return vector.get("nodes").valueStream().map(Vectors::bytes).toList();
    }

    private static TreeMap<byte[], byte[]> entries(JsonNode pairs) {
        var entries = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        pairs.forEach(pair -> entries.put(Vectors.bytes(pair.get(0)),
                pair.get(1).isNull() ? null : Vectors.bytes(pair.get(1))));
        return entries;
    }
}
