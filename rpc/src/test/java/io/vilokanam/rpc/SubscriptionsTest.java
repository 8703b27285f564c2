package io.vilokanam.rpc;

import static io.vilokanam.rpc.Connection.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.fake.RecordedChain;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Refchain;

class SubscriptionsTest {

    private static final Bytes KEY = Bytes.fromHex("0x1234");

    private NodeUnderTest under;
    private RecordedChain chain;
    private Connection client;

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

    private Hash importBlock(Digest digest, boolean isBest, Bytes key, Optional<Bytes> value) {
        var changes = new TreeMap<Bytes, Optional<Bytes>>();
        changes.put(key, value);
        return chain.importBlock(chain.hashAt(36).orElseThrow(), digest, changes, isBest, List.of());
    }

    @Test
    void headsAreToldToThoseWhoAskForThem() throws Exception {
        String all = client.subscribe("chain_subscribeAllHeads", "[]");
        String best = client.subscribe("subscribe_newHead", "[]");
        String finalised = client.subscribe("chain_subscribeFinalisedHeads", "[]");
        assertEquals("0x2a", client.next(all).get("number").asText());
        assertEquals("0x2a", client.next(best).get("number").asText());
        assertEquals("0x1e", client.next(finalised).get("number").asText());
        importBlock(Digest.EMPTY, false, KEY, Optional.empty());
        importBlock(new Digest(List.of(new DigestItem.Other(KEY))), true, KEY, Optional.empty());
        assertEquals(0, client.next(all).at("/digest/logs").size());
        assertEquals(json("['0x00081234']"), client.next(all).at("/digest/logs"));
        assertEquals(json("['0x00081234']"), client.next(best).at("/digest/logs"));
        chain.finalise(List.of(chain.hashAt(31).orElseThrow(), chain.hashAt(32).orElseThrow()), List.of());
        assertEquals("0x20", client.next(finalised).get("number").asText());
        assertTrue(client.call("unsubscribe_newHead", "[\"" + best + "\"]").asBoolean());
        assertTrue(client.call("chain_unsubscribeAllHeads", "[\"" + all + "\"]").asBoolean());
        assertTrue(client.call("chain_unsubscribeFinalizedHeads", "[\"" + finalised + "\"]").asBoolean());
        assertEquals(0, chain.listeners());
    }

    @Test
    void storageIsToldWholeThenAsItIsWritten() throws Exception {
        Hash first = importBlock(Digest.EMPTY, true, KEY, Optional.of(Bytes.fromHex("0x01")));
        String id = client.subscribe("state_subscribeStorage", "[[\"0x1234\",\"0x5678\"]]");
        assertEquals(json("{'block':'" + first + "','changes':[['0x1234','0x01'],['0x5678',null]]}"), client.next(id));
        importBlock(Digest.EMPTY, true, Bytes.fromHex("0x99"), Optional.of(KEY));
        Hash second = importBlock(new Digest(List.of(new DigestItem.Other(KEY))), false, KEY, Optional.empty());
        assertEquals(json("{'block':'" + second + "','changes':[['0x1234',null]]}"), client.next(id));
    }

    @Test
    void theRuntimeVersionIsToldWhenItChanges() throws Exception {
        String id = client.subscribe("chain_subscribeRuntimeVersion", "[]");
        assertEquals(100, client.next(id).get("specVersion").asInt());
        importBlock(Digest.EMPTY, true, KEY, Optional.empty());
        chain.version(new RuntimeVersion("vilokanam", "vilokanam", 1, 101, 1, List.of(), 1, 1));
        importBlock(new Digest(List.of(new DigestItem.RuntimeEnvironmentUpdated())), true, KEY, Optional.empty());
        assertEquals(101, client.next(id).get("specVersion").asInt());
    }

    @Test
    void justificationsAreToldAsTheyCome() throws Exception {
        String id = client.subscribe("grandpa_subscribeJustifications", "[]");
        under.node.justificationListeners.forEach(listener -> listener.accept(Bytes.fromHex("0xabcd")));
        assertEquals(json("'0xabcd'"), client.next(id));
        assertTrue(client.call("grandpa_unsubscribeJustifications", "[\"" + id + "\"]").asBoolean());
        assertTrue(under.node.justificationListeners.isEmpty());
    }

    @Test
    void theArchiveTellsStorageAsTheStockNode() throws Exception {
        JsonNode transcript = Refchain.json("rpc.json");
        int compared = 0;
        for (JsonNode call : transcript.get("calls")) {
            if (call.get("method").asText().equals("archive_v1_storage")) {
                String id = client.subscribe("archive_v1_storage", call.get("params").toString());
                for (JsonNode item : transcript.get("notifications")) {
                    if (item.at("/params/subscription").equals(call.get("result"))) {
                        assertEquals(item.at("/params/result"), client.next(id));
                        compared++;
                    }
                }
            }
        }
        assertEquals(9, compared);
    }

    @Test
    void theArchiveTellsWhatABlockChanged() throws Exception {
        var changes = new TreeMap<Bytes, Optional<Bytes>>();
        changes.put(Bytes.fromHex("0x01aa"), Optional.of(KEY));
        changes.put(Bytes.fromHex("0x02"), Optional.of(KEY));
        Hash first = chain.importBlock(chain.hashAt(36).orElseThrow(), Digest.EMPTY, changes, true, List.of());
        changes.put(Bytes.fromHex("0x01aa"), Optional.empty());
        changes.put(Bytes.fromHex("0x01bb"), Optional.of(Bytes.fromHex("0x07")));
        changes.put(Bytes.fromHex("0x02"), Optional.of(Bytes.fromHex("0x08")));
        Hash second = chain.importBlock(first, Digest.EMPTY, changes, true, List.of());
        String some = client.subscribe("archive_v1_storageDiff",
                "[\"" + second + "\",[{\"key\":\"0x01\",\"returnType\":\"value\"}]]");
        assertEquals(json("{'event':'storageDiff','key':'0x01aa','value':'0x1234','type':'deleted'}"),
                client.next(some));
        assertEquals(json("{'event':'storageDiff','key':'0x01bb','value':'0x07','type':'added'}"), client.next(some));
        assertEquals(json("{'event':'storageDiffDone'}"), client.next(some));
        String all = client.subscribe("archive_v1_storageDiff", "[\"" + second + "\",[],\"" + first + "\"]");
        client.next(all);
        client.next(all);
        assertEquals(json("{'event':'storageDiff','key':'0x02','value':'0x08','type':'modified'}"), client.next(all));
        assertEquals(json("{'event':'storageDiffDone'}"), client.next(all));
        String unknown = client.subscribe("archive_v1_storageDiff", "[\"0x" + "99".repeat(32) + "\",[]]");
        assertEquals("storageDiffError", client.next(unknown).get("event").asText());
    }

    @Test
    void theArchiveKnowsForksAboveTheFinalisedBlock() throws Exception {
        Hash fork = importBlock(Digest.EMPTY, false, KEY, Optional.empty());
        assertEquals(2, client.call("archive_v1_hashByHeight", "[37]").size());
        assertTrue(client.call("archive_v1_hashByHeight", "[37]").toString().contains(fork.hex()));
        assertEquals(1, client.call("archive_v1_hashByHeight", "[30]").size());
        assertEquals(3001, client.errorCode("archive_v1_hashByHeight", "[4294967296]"));
    }
}
