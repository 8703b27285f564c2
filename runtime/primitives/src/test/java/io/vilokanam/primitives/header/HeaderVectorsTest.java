package io.vilokanam.primitives.header;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.extrinsic.Preamble;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.testkit.Vectors;
import io.vilokanam.trie.OrderedTrie;
import io.vilokanam.trie.TrieLayout;

/** Vector family {@code headers}; the seals of group {@code aura} are checked where Aura is. */
class HeaderVectorsTest {

    private static final Codec<List<Map.Entry<Bytes, Long>>> AUTHORITIES = Codecs
            .vec(Codecs.tuple(Codecs.fixedBytes(32), Codecs.U64));

    @TestFactory
    Stream<DynamicNode> headersAgreeWithTheVectors() {
        return Vectors.family("headers")
                .tests(Map.of("header", HeaderVectorsTest::header, "body", HeaderVectorsTest::body,
                        "digest_item", HeaderVectorsTest::digestItem, "light_sync_state",
                        HeaderVectorsTest::lightSyncState,
                        "rpc_json", HeaderVectorsTest::rpcJson), Set.of("aura"));
    }

    /** Blocks that a real runtime made; their states are checked where tries are, their seals where Aura is. */
    @TestFactory
    Stream<DynamicNode> blocksOfARealRuntimeAreReadAndHashedAsItDid() {
        return Vectors.family("runtime_blocks").tests(Map.of("block", HeaderVectorsTest::block));
    }

    private static void block(JsonNode vector) throws ScaleException {
        byte[] scale = Vectors.bytes(vector.get("header"));
        Header header = Header.CODEC.decodeAll(scale);
        assertArrayEquals(scale, Header.CODEC.encode(header));
        assertEquals(vector.get("number").asLong(), header.number());
        assertEquals(vector.get("parent_hash").asText(), header.parentHash().hex());
        assertEquals(vector.get("state_root").asText(), header.stateRoot().hex());
        assertEquals(vector.get("hash").asText(), Bytes.hex(Blake2b.hash256(scale)));
        List<DigestItem> items = header.digest().items();
        assertArrayEquals(Vectors.bytes(vector.get("seal")), DigestItem.CODEC.encode(items.getLast()));
        Digest unsealed = new Digest(items.subList(0, items.size() - 1));
        assertArrayEquals(Vectors.bytes(vector.get("digest")), Digest.CODEC.encode(unsealed));
        assertArrayEquals(Vectors.bytes(vector.get("unsealed_header")),
                Header.CODEC.encode(header.withDigest(unsealed)));
        assertArrayEquals(Vectors.bytes(vector.get("init_header")), Header.CODEC.encode(new Header(header.parentHash(),
                header.number(), Hash.ZERO, Hash.ZERO, new Digest(List.of(items.getFirst())))));
        contents(vector, header);
    }

    private static void contents(JsonNode vector, Header header) throws ScaleException {
        List<byte[]> included = new ArrayList<>();
        for (JsonNode tried : vector.get("extrinsics")) {
            byte[] wire = Vectors.bytes(tried.get("extrinsic"));
            OpaqueExtrinsic extrinsic = OpaqueExtrinsic.fromWire(wire);
            assertArrayEquals(wire, extrinsic.wire());
            assertEquals(tried.get("signer").isNull() ? new Preamble.Bare(4) : new Preamble.Signed(),
                    extrinsic.preamble());
            assertEquals(tried.get("extrinsic_hash").asText(), Bytes.hex(Blake2b.hash256(wire)));
            if (tried.get("included").asBoolean()) {
                included.add(wire);
            }
        }
        assertEquals(vector.get("body").valueStream().map(JsonNode::asText).toList(),
                included.stream().map(Bytes::hex).toList());
        assertEquals(header.extrinsicsRoot().hex(), Bytes.hex(OrderedTrie.root(TrieLayout.V0, included)));
        assertEquals(vector.get("extrinsics_root").asText(), header.extrinsicsRoot().hex());
        assertEquals(header, Block.CODEC.decodeAll(Block.CODEC.encode(new Block(header,
                included.stream().map(wire -> content(wire)).toList()))).header());
    }

    private static Bytes content(byte[] wire) {
        return assertDoesNotThrow(() -> OpaqueExtrinsic.fromWire(wire)).content();
    }

    /** The same under a runtime of system version 2, whose roots of extrinsics have the newer layout. */
    @TestFactory
    Stream<DynamicNode> extrinsicsOfANewerRuntimeHaveTheirRoot() {
        return Vectors.family("runtime_2026").tests(Map.of("extrinsics_root", HeaderVectorsTest::newerRoot),
                Set.of("preamble"));
    }

    private static void newerRoot(JsonNode vector) throws ScaleException {
        List<byte[]> body = vector.get("body").valueStream().map(Vectors::bytes).toList();
        assertEquals(vector.get("extrinsics_root").asText(), vector.get("root_v1").asText());
        for (TrieLayout layout : TrieLayout.values()) {
            assertEquals(vector.get("root_v" + layout.ordinal()).asText(), Bytes.hex(OrderedTrie.root(layout, body)));
        }
        byte[] digest = Vectors.bytes(vector.get("digest"));
        assertArrayEquals(digest, Digest.CODEC.encode(Digest.CODEC.decodeAll(digest)));
    }

    private static void header(JsonNode vector) throws ScaleException {
        byte[] scale = Vectors.bytes(vector.get("scale"));
        Header header = Header.CODEC.decodeAll(scale);
        assertArrayEquals(scale, Header.CODEC.encode(header));
        assertEquals(vector.get("number").asLong(), header.number());
        assertEquals(vector.get("parent_hash").asText(), header.parentHash().hex());
        assertEquals(vector.get("state_root").asText(), header.stateRoot().hex());
        assertEquals(vector.get("extrinsics_root").asText(), header.extrinsicsRoot().hex());
        assertEquals(vector.get("hash").asText(), Bytes.hex(Blake2b.hash256(scale)));
        assertEquals(vector.get("digest").size(), header.digest().items().size());
        for (int i = 0; i < vector.get("digest").size(); i++) {
            item(vector.get("digest").get(i), header.digest().items().get(i));
        }
        assertEquals(header, fromJson(vector.get("rpc_json")));
    }

    private static void item(JsonNode vector, DigestItem item) {
        assertArrayEquals(Vectors.bytes(vector.get("scale")), DigestItem.CODEC.encode(item));
        assertEquals(vector.get("type").asText(), item.getClass().getSimpleName());
        switch (item) {
            case DigestItem.PreRuntime(Bytes engine, Bytes payload) -> engineItem(vector, engine, payload);
            case DigestItem.Consensus(Bytes engine, Bytes payload) -> engineItem(vector, engine, payload);
            case DigestItem.Seal(Bytes engine, Bytes payload) -> engineItem(vector, engine, payload);
            case DigestItem.Other(Bytes payload) -> assertEquals(vector.get("data").asText(), payload.hex());
            case DigestItem.RuntimeEnvironmentUpdated() -> assertEquals("0x08", vector.get("scale").asText());
        }
    }

    private static void engineItem(JsonNode vector, Bytes engine, Bytes payload) {
        assertEquals(Bytes.ascii(vector.get("engine").asText()), engine);
        assertEquals(vector.get("data").asText(), payload.hex());
    }

    private static void digestItem(JsonNode vector) {
        byte[] scale = Vectors.bytes(vector.get("scale"));
        if (vector.get("valid").asBoolean()) {
            DigestItem item = assertDoesNotThrow(() -> DigestItem.CODEC.decodeAll(scale));
            assertArrayEquals(scale, DigestItem.CODEC.encode(item));
        } else {
            assertThrows(ScaleException.class, () -> DigestItem.CODEC.decodeAll(scale));
        }
    }

    private static void body(JsonNode vector) throws ScaleException {
        List<byte[]> extrinsics = vector.get("body").valueStream().map(Vectors::bytes).toList();
        for (byte[] wire : extrinsics) {
            OpaqueExtrinsic extrinsic = OpaqueExtrinsic.fromWire(wire);
            assertArrayEquals(wire, extrinsic.wire());
            assertDoesNotThrow(extrinsic::preamble);
        }
        TrieLayout layout = TrieLayout.valueOf(vector.get("layout").asText());
        assertEquals(vector.get("extrinsics_root").asText(), Bytes.hex(OrderedTrie.root(layout, extrinsics)));
    }

    /** The set itself is left out of the file: what is there are its ends and the size, so a set like it is made. */
    private static void lightSyncState(JsonNode vector) throws ScaleException {
        JsonNode given = vector.get("grandpa_authority_set");
        byte[] set = given.asText().startsWith("0x") ? Vectors.bytes(given) : likeTheOmitted(vector);
        ScaleInput in = new ScaleInput(set);
        List<Map.Entry<Bytes, Long>> authorities = AUTHORITIES.decode(in);
        assertEquals(vector.get("current_count").asInt(), authorities.size());
        assertEquals(authority(vector.get("first")), authorities.getFirst());
        assertEquals(authority(vector.get("last")), authorities.getLast());
        assertEquals(vector.get("all_weights_one").asBoolean(), authorities.stream().allMatch(a -> a.getValue() == 1));
        assertEquals(vector.get("set_id").asText(), Long.toUnsignedString(in.u64()));
        assertEquals(vector.get("bytes_after_set_id").asInt(), in.remaining());
    }

    private static byte[] likeTheOmitted(JsonNode vector) {
        List<Map.Entry<Bytes, Long>> authorities = new ArrayList<>(
                Collections.nCopies(vector.get("current_count").asInt(), authority(vector.get("first"))));
        authorities.set(authorities.size() - 1, authority(vector.get("last")));
        byte[] front = AUTHORITIES.encode(authorities);
        byte[] id = Codecs.U64.encode(vector.get("set_id").asLong());
        byte[] set = java.util.Arrays.copyOf(front,
                front.length + id.length + vector.get("bytes_after_set_id").asInt());
        System.arraycopy(id, 0, set, front.length, id.length);
        // "omitted: N bytes" counts the hex text, 0x included, in pairs.
        assertEquals("omitted: " + (set.length + 1) + " bytes", vector.get("grandpa_authority_set").asText());
        return set;
    }

    private static Map.Entry<Bytes, Long> authority(JsonNode authority) {
        return Map.entry(Bytes.fromHex(authority.get("id").asText()), authority.get("weight").asLong());
    }

    private static void rpcJson(JsonNode vector) throws ScaleException {
        byte[] scale = Vectors.bytes(vector.get("scale"));
        Header header = fromJson(vector.get("rpc_json"));
        assertArrayEquals(scale, Header.CODEC.encode(header));
        assertEquals(header, Header.CODEC.decodeAll(scale));
    }

    private static Header fromJson(JsonNode json) throws ScaleException {
        List<DigestItem> items = new ArrayList<>();
        for (JsonNode log : json.get("digest").get("logs")) {
            items.add(DigestItem.CODEC.decodeAll(Vectors.bytes(log)));
        }
        return new Header(Hash.fromHex(json.get("parentHash").asText()), Long.decode(json.get("number").asText()),
                Hash.fromHex(json.get("stateRoot").asText()), Hash.fromHex(json.get("extrinsicsRoot").asText()),
                new Digest(items));
    }
}
