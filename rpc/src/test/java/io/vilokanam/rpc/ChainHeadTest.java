package io.vilokanam.rpc;

import static io.vilokanam.rpc.Connection.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.fake.RecordedChain;
import io.vilokanam.scale.Bytes;

class ChainHeadTest {

    private static final SortedMap<Bytes, Optional<Bytes>> NO_CHANGES = new TreeMap<>();

    private NodeUnderTest under;
    private RecordedChain chain;
    private Connection client;
    private int forks;

    @BeforeEach
    void start() throws Exception {
        under = new NodeUnderTest();
        chain = under.node.chain;
        client = under.connect();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        under.close();
    }

    private Hash importBlock(Hash parent, boolean isBest) {
        forks++;
        var digest = new Digest(List.of(new DigestItem.Other(Bytes.wrap(new byte[]{(byte) forks}))));
        return chain.importBlock(parent, digest, NO_CHANGES, isBest, List.of(Bytes.fromHex("0x04aa")));
    }

    private String follow(boolean withRuntime) throws IOException {
        return client.subscribe("chainHead_v1_follow", "[" + withRuntime + "]");
    }

    /** The events up to the first change of the best block. */
    private List<JsonNode> beginning(String follow) throws IOException {
        var events = new ArrayList<JsonNode>();
        do {
            events.add(client.next(follow));
        } while (!events.getLast().get("event").asText().equals("bestBlockChanged"));
        return events;
    }

    @Test
    void beginsWithFinalisedBlocksThenDescendantsThenTheBestBlock() throws Exception {
        List<JsonNode> events = beginning(follow(true));
        JsonNode first = events.getFirst();
        assertEquals("initialized", first.get("event").asText());
        assertEquals(16, first.get("finalizedBlockHashes").size());
        assertEquals(chain.finalised().hash().hex(), first.get("finalizedBlockHashes").get(15).asText());
        assertEquals(json("{'type':'valid','spec':{'specName':'vilokanam','implName':'vilokanam','specVersion':100,"
                + "'implVersion':1,'apis':{},'transactionVersion':1}}"), first.get("finalizedBlockRuntime"));
        assertEquals(1 + 12 + 1, events.size());
        Hash parent = chain.finalised().hash();
        for (JsonNode event : events.subList(1, 13)) {
            assertEquals("newBlock", event.get("event").asText());
            assertEquals(parent.hex(), event.get("parentBlockHash").asText());
            assertTrue(event.get("newRuntime").isNull());
            parent = Hash.fromHex(event.get("blockHash").asText());
        }
        assertEquals(chain.best().hash().hex(), events.getLast().get("bestBlockHash").asText());
        assertEquals(28, chain.pinned());
    }

    @Test
    void aClientThatComesBackMissesNoFinalBlock() throws Exception {
        JsonNode before = beginning(follow(false)).getFirst().get("finalizedBlockHashes");
        client.close();
        List<Hash> meanwhile = new ArrayList<>();
        for (long number = 31; number <= 40; number++) {
            meanwhile.add(chain.hashAt(number).orElseThrow());
        }
        chain.finalise(meanwhile, List.of());
        client = under.connect();
        JsonNode after = beginning(follow(false)).getFirst().get("finalizedBlockHashes");
        List<String> known = new ArrayList<>();
        before.forEach(hash -> known.add(hash.asText()));
        List<String> expected = new ArrayList<>(known.subList(known.size() - (after.size() - meanwhile.size()),
                known.size()));
        meanwhile.forEach(hash -> expected.add(hash.hex()));
        List<String> told = new ArrayList<>();
        after.forEach(hash -> told.add(hash.asText()));
        assertEquals(expected, told);
        assertTrue(told.contains(known.getLast()), "what it saw last");
    }

    @Test
    void saysNothingOfRuntimesUnasked() throws Exception {
        List<JsonNode> events = beginning(follow(false));
        assertFalse(events.getFirst().has("finalizedBlockRuntime"));
        assertFalse(events.get(1).has("newRuntime"));
    }

    @Test
    void tellsOfImportsForksAndFinality() throws Exception {
        String follow = follow(true);
        beginning(follow);
        Hash best = chain.best().hash();
        Hash fork = importBlock(chain.hashAt(41).orElseThrow(), false);
        assertEquals(json(
                "{'event':'newBlock','blockHash':'" + fork + "','parentBlockHash':'" + chain.hashAt(41).orElseThrow()
                        + "','newRuntime':null}"),
                client.next(follow));
        Hash next = importBlock(best, true);
        assertEquals("newBlock", client.next(follow).get("event").asText());
        assertEquals(json("{'event':'bestBlockChanged','bestBlockHash':'" + next + "'}"), client.next(follow));
        Hash lost = importBlock(fork, true);
        assertEquals("newBlock", client.next(follow).get("event").asText());
        assertEquals(lost.hex(), client.next(follow).get("bestBlockHash").asText());
        chain.finalise(List.of(chain.hashAt(31).orElseThrow()), List.of());
        assertEquals(json("{'event':'finalized','finalizedBlockHashes':['" + chain.hashAt(31).orElseThrow()
                + "'],'prunedBlockHashes':[]}"), client.next(follow));
        var path = new ArrayList<Hash>();
        for (long number = 32; number <= 41; number++) {
            path.add(chain.hashAt(number).orElseThrow());
        }
        path.add(best);
        path.add(next);
        chain.finalise(path, List.of(fork, lost));
        assertEquals(json("{'event':'bestBlockChanged','bestBlockHash':'" + next + "'}"), client.next(follow));
        JsonNode finalised = client.next(follow);
        assertEquals(12, finalised.get("finalizedBlockHashes").size());
        assertEquals(json("['" + fork + "','" + lost + "']"), finalised.get("prunedBlockHashes"));
    }

    @Test
    void announcesBlocksThatBecomeFinalBeforeTheirImportIsTold() throws Exception {
        String follow = follow(false);
        beginning(follow);
        Hash next = importBlock(chain.best().hash(), true);
        client.next(follow);
        client.next(follow);
        var path = new ArrayList<Hash>();
        for (long number = 31; number <= 43; number++) {
            path.add(chain.hashAt(number).orElseThrow());
        }
        assertEquals(next, path.getLast());
        chain.finalise(path, List.of());
        assertEquals(13, client.next(follow).get("finalizedBlockHashes").size());
    }

    @Test
    void tellsOfANewRuntime() throws Exception {
        String follow = follow(true);
        beginning(follow);
        Hash block = importBlock(chain.best().hash(), false);
        assertTrue(client.next(follow).get("newRuntime").isNull());
        assertTrue(chain.header(block).isPresent());
        chain.version(new RuntimeVersion("vilokanam", "vilokanam", 1, 101, 1, List.of(), 1, 1));
        String second = follow(true);
        JsonNode runtime = beginning(second).getFirst().get("finalizedBlockRuntime");
        assertEquals(101, runtime.at("/spec/specVersion").asInt());
    }

    @Test
    void headersAndBodiesOfPinnedBlocksAreAnswered() throws Exception {
        String follow = follow(false);
        beginning(follow);
        Hash hash = importBlock(chain.best().hash(), true);
        client.next(follow);
        client.next(follow);
        String params = "[\"" + follow + "\",\"" + hash + "\"]";
        Bytes header = Bytes.fromHex(client.call("chainHead_v1_header", params).asText());
        assertEquals(hash, Hash.wrap(Blake2b.hash256(header.view())));
        assertEquals(chain.header(hash).orElseThrow(), Header.CODEC.decodeAll(header.view()));
        JsonNode started = client.call("chainHead_v1_body", params);
        assertEquals(json("{'result':'started','operationId':'0'}"), started);
        assertEquals(json("{'event':'operationBodyDone','operationId':'0','value':['0x0804aa']}"), client.next(follow));
        client.call("chainHead_v1_unpin", params);
        assertEquals(-32801, client.errorCode("chainHead_v1_header", params));
        assertEquals(-32801, client.errorCode("chainHead_v1_body", params));
    }

    @Test
    void storageItemsAreAnswered() throws Exception {
        String follow = follow(false);
        beginning(follow);
        Hash block = chain.hashAt(30).orElseThrow();
        String number = "0x26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac";
        String accounts = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
        JsonNode started = client.call("chainHead_v1_storage",
                "[\"" + follow + "\",\"" + block + "\",[{\"key\":\"" + number
                        + "\",\"type\":\"value\"},{\"key\":\"" + number
                        + "\",\"type\":\"hash\"},{\"key\":\"0x1234\",\"type\":\"value\"},"
                        + "{\"key\":\"" + accounts + "\",\"type\":\"closestDescendantMerkleValue\"}]]");
        assertEquals(json("{'result':'started','operationId':'0','discardedItems':0}"), started);
        JsonNode items = client.next(follow);
        assertEquals("operationStorageItems", items.get("event").asText());
        assertEquals(3, items.get("items").size());
        assertEquals(json("{'key':'" + number + "','value':'0x1e000000'}"), items.at("/items/0"));
        assertEquals(Bytes.hex(Blake2b.hash256(new byte[]{30, 0, 0, 0})), items.at("/items/1/hash").asText());
        assertEquals(66, items.at("/items/2/closestDescendantMerkleValue").asText().length());
        assertEquals(json("{'event':'operationStorageDone','operationId':'0'}"), client.next(follow));

        client.call("chainHead_v1_storage", "[\"" + follow + "\",\"" + block + "\",[{\"key\":\"" + accounts
                + "\",\"type\":\"descendantsValues\"}],null]");
        var keys = new ArrayList<String>();
        JsonNode event = client.next(follow);
        while (event.get("event").asText().equals("operationStorageItems")) {
            event.get("items").forEach(item -> keys.add(item.get("key").asText()));
            event = client.next(follow);
        }
        assertEquals(json("{'event':'operationStorageDone','operationId':'1'}"), event);
        JsonNode expected = client.call("state_getKeysPaged", "[\"" + accounts + "\",1000,null,\"" + block + "\"]");
        assertEquals(expected.size(), keys.size());
        assertEquals(expected.get(0).asText(), keys.getFirst());
        assertEquals(-32602, client.errorCode("chainHead_v1_storage",
                "[\"" + follow + "\",\"" + block + "\",[{\"key\":\"0xz\",\"type\":\"value\"}]]"));
    }

    @Test
    void runtimeCallsAreAnsweredOrTheirFailureTold() throws Exception {
        String without = follow(false);
        beginning(without);
        Hash block = chain.best().hash();
        assertEquals(-32802, client.errorCode("chainHead_v1_call",
                "[\"" + without + "\",\"" + block + "\",\"Core_version\",\"\"]"));
        chain.script(block, "Core_version", Bytes.EMPTY, Bytes.fromHex("0x0102"));
        String follow = follow(true);
        beginning(follow);
        for (String empty : List.of("", "0x")) {
            JsonNode started = client.call("chainHead_v1_call",
                    "[\"" + follow + "\",\"" + block + "\",\"Core_version\",\"" + empty + "\"]");
            assertEquals(json("{'event':'operationCallDone','operationId':'" + started.get("operationId").asText()
                    + "','output':'0x0102'}"), client.next(follow));
        }
        client.call("chainHead_v1_call", "[\"" + follow + "\",\"" + block + "\",\"Nothing_here\",\"0x\"]");
        assertEquals(json("{'event':'operationError','operationId':'2','error':"
                + "'Execution failed: Other: Exported method Nothing_here is not found'}"), client.next(follow));
        assertEquals(-32602, client.errorCode("chainHead_v1_call",
                "[\"" + follow + "\",\"" + block + "\",\"Core_version\",\"0x1\"]"));
    }

    @Test
    void unpinningIsAllOrNothing() throws Exception {
        String follow = follow(false);
        beginning(follow);
        String best = "\"" + chain.best().hash() + "\"";
        String unknown = "\"0x" + "77".repeat(32) + "\"";
        assertEquals(-32804,
                client.errorCode("chainHead_v1_unpin", "[\"" + follow + "\",[" + best + "," + best + "]]"));
        assertEquals(-32801,
                client.errorCode("chainHead_v1_unpin", "[\"" + follow + "\",[" + best + "," + unknown + "]]"));
        assertEquals(28, chain.pinned());
        assertTrue(client.call("chainHead_v1_unpin", "[\"" + follow + "\",[" + best + "]]").isNull());
        assertEquals(27, chain.pinned());
    }

    @Test
    void strangersAndStaleFollowsGetNothing() throws Exception {
        String follow = follow(true);
        beginning(follow);
        String best = chain.best().hash().hex();
        try (var other = under.connect()) {
            for (String id : List.of(follow, "nonsense")) {
                String start = "[\"" + id + "\",\"" + best + "\"";
                assertTrue(other.call("chainHead_v1_header", start + "]").isNull());
                assertTrue(other.call("chainHead_v1_unpin", start + "]").isNull());
                assertTrue(other.call("chainHead_v1_continue", "[\"" + id + "\",\"0\"]").isNull());
                assertTrue(other.call("chainHead_v1_stopOperation", "[\"" + id + "\",\"0\"]").isNull());
                assertEquals(json("{'result':'limitReached'}"), other.call("chainHead_v1_body", start + "]"));
                assertEquals(json("{'result':'limitReached'}"), other.call("chainHead_v1_storage", start + ",[]]"));
                assertEquals(json("{'result':'limitReached'}"),
                        other.call("chainHead_v1_call", start + ",\"Core_version\",\"0x\"]"));
                assertFalse(other.call("chainHead_v1_unfollow", "[\"" + id + "\"]").asBoolean());
            }
        }
        assertTrue(client.call("chainHead_v1_unfollow", "[\"" + follow + "\"]").asBoolean());
        assertTrue(client.call("chainHead_v1_header", "[\"" + follow + "\",\"" + best + "\"]").isNull());
        assertEquals(0, chain.pinned());
        assertEquals(0, chain.listeners());
    }

    @Test
    void aConnectionHasFourFollows() throws Exception {
        var follows = new HashSet<String>();
        for (int i = 0; i < 4; i++) {
            follows.add(follow(false));
        }
        assertEquals(4, follows.size());
        assertEquals(-32800, client.errorCode("chainHead_v1_follow", "[false]"));
        client.call("chainHead_v1_unfollow", "[\"" + follows.iterator().next() + "\"]");
        beginning(follow(false));
        try (var other = under.connect()) {
            other.subscribe("chainHead_v1_follow", "[false]");
        }
    }

    @Test
    void aFollowStopsWhereTheLeavesAreTooFarAhead() throws Exception {
        Hash tip = chain.best().hash();
        for (int i = 0; i < 120; i++) {
            tip = importBlock(tip, true);
        }
        String follow = follow(false);
        JsonNode last = client.next(follow);
        while (last.get("event").asText().matches("initialized|newBlock")) {
            last = client.next(follow);
        }
        assertEquals(json("{'event':'stop'}"), last);
        assertEquals(0, chain.pinned());
    }

    @Test
    void followsStopWhereTooMuchIsPinned() throws Exception {
        String follow = follow(false);
        beginning(follow);
        Hash parent = chain.best().hash();
        String event = "newBlock";
        for (int i = 0; i < 600 && !event.equals("stop"); i++) {
            parent = importBlock(parent, false);
            event = client.next(follow).get("event").asText();
        }
        assertEquals("stop", event);
        assertEquals(0, chain.pinned());
    }

    @Test
    void operationsAreCountedAndStopped() throws Exception {
        String follow = follow(false);
        beginning(follow);
        String start = "[\"" + follow + "\",\"" + chain.hashAt(30).orElseThrow() + "\",";
        var many = new StringBuilder("[");
        for (int i = 0; i < 40; i++) {
            many.append(i == 0 ? "" : ",").append("{\"key\":\"0x3a636f6465\",\"type\":\"hash\"}");
        }
        JsonNode started = client.call("chainHead_v1_storage", start + many + "]]");
        assertEquals("started", started.get("result").asText());
        assertEquals(40, client.next(follow).get("items").size());
        assertEquals("operationStorageDone", client.next(follow).get("event").asText());
        assertEquals(json("{'result':'limitReached'}"), client.call("chainHead_v1_storage", start + "[]]"));
        assertTrue(client.call("chainHead_v1_stopOperation", "[\"" + follow + "\",\"0\"]").isNull());
        assertTrue(client.call("chainHead_v1_continue", "[\"" + follow + "\",\"0\"]").isNull());
    }
}
