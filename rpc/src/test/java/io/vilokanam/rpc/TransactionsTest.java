package io.vilokanam.rpc;

import static io.vilokanam.rpc.Connection.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.TransactionStatus;
import io.vilokanam.rpc.fake.FakePool;
import io.vilokanam.scale.Bytes;

class TransactionsTest {

    private static final String EXTRINSIC = "0x0c010203";
    private static final Hash BLOCK = Hash.fromHex("0x" + "ab".repeat(32));

    private NodeUnderTest under;
    private FakePool pool;
    private Connection client;

    @BeforeEach
    void start() throws Exception {
        under = new NodeUnderTest();
        pool = under.node.pool;
        client = under.connect();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        under.close();
    }

    /** Waits for what another thread does. */
    private static void eventually(BooleanSupplier condition) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (!condition.getAsBoolean()) {
                Thread.yield();
            }
        });
    }

    private void tell(TransactionStatus status) {
        eventually(() -> !pool.watchers.isEmpty());
        pool.watchers.forEach(watcher -> watcher.changed(status));
    }

    @Test
    void theLegacyWatchTellsStatusesInTheirOldForms() throws Exception {
        String id = client.subscribe("author_submitAndWatchExtrinsic", "[\"" + EXTRINSIC + "\"]");
        assertEquals(json("'ready'"), client.next(id));
        tell(new TransactionStatus.Future());
        assertEquals(json("'future'"), client.next(id));
        tell(new TransactionStatus.Broadcast(List.of("12D3KooWx")));
        assertEquals(json("{'broadcast':['12D3KooWx']}"), client.next(id));
        tell(new TransactionStatus.InBlock(BLOCK, 2));
        assertEquals(json("{'inBlock':'" + BLOCK + "'}"), client.next(id));
        tell(new TransactionStatus.Retracted(BLOCK));
        assertEquals(json("{'retracted':'" + BLOCK + "'}"), client.next(id));
        tell(new TransactionStatus.Finalised(BLOCK, 2));
        assertEquals(json("{'finalized':'" + BLOCK + "'}"), client.next(id));
        assertFalse(client.call("author_unwatchExtrinsic", "[\"" + id + "\"]").asBoolean());
        assertTrue(pool.watchers.isEmpty());
    }

    @Test
    void theLegacyWatchIsRefusedAtOnce() throws Exception {
        pool.refuse(Bytes.fromHex(EXTRINSIC), new PoolRefusal.Invalid(new InvalidTransaction.Stale()));
        JsonNode answer = client.answer("author_submitAndWatchExtrinsic", "[\"" + EXTRINSIC + "\"]");
        assertEquals(json("{'code':1010,'message':'Invalid Transaction','data':'Transaction is outdated'}"),
                answer.get("error"));
        assertEquals(1001, client.errorCode("author_submitAndWatchExtrinsic", "[\"0x0c01\"]"));
    }

    @Test
    void unwatchingEndsTheWatch() throws Exception {
        String id = client.subscribe("author_submitAndWatchExtrinsic", "[\"" + EXTRINSIC + "\"]");
        assertEquals(json("'ready'"), client.next(id));
        assertTrue(client.call("author_unwatchExtrinsic", "[\"" + id + "\"]").asBoolean());
        assertTrue(pool.watchers.isEmpty());
    }

    @Test
    void theNewWatchTellsEvents() throws Exception {
        String id = client.subscribe("transactionWatch_v1_submitAndWatch", "[\"" + EXTRINSIC + "\"]");
        assertEquals(json("{'event':'validated'}"), client.next(id));
        tell(new TransactionStatus.Broadcast(List.of("12D3KooWx")));
        tell(new TransactionStatus.InBlock(BLOCK, 2));
        assertEquals(json("{'event':'bestChainBlockIncluded','block':{'hash':'" + BLOCK + "','index':2}}"),
                client.next(id));
        tell(new TransactionStatus.Retracted(BLOCK));
        assertEquals(json("{'event':'bestChainBlockIncluded','block':null}"), client.next(id));
        tell(new TransactionStatus.Finalised(BLOCK, 3));
        assertEquals(json("{'event':'finalized','block':{'hash':'" + BLOCK + "','index':3}}"), client.next(id));
    }

    @Test
    void theNewWatchTellsRefusalsAsEvents() throws Exception {
        pool.refuse(Bytes.fromHex(EXTRINSIC), new PoolRefusal.Invalid(new InvalidTransaction.BadProof()));
        String refused = client.subscribe("transactionWatch_v1_submitAndWatch", "[\"" + EXTRINSIC + "\"]");
        assertEquals(json("{'event':'invalid','error':'Invalid transaction: Transaction has a bad signature'}"),
                client.next(refused));
        String undecodable = client.subscribe("transactionWatch_v1_submitAndWatch", "[\"0x0c01\"]");
        assertEquals(json("{'event':'invalid','error':'Extrinsic bytes cannot be decoded'}"), client.next(undecodable));
        assertEquals(-32602, client.errorCode("transactionWatch_v1_submitAndWatch", "[\"nothex\"]"));
    }

    @Test
    void aBroadcastIsStoppedOnce() throws Exception {
        String id = client.call("transaction_v1_broadcast", "[\"" + EXTRINSIC + "\"]").asText();
        eventually(() -> pool.submitted.size() == 1);
        try (var other = under.connect()) {
            assertEquals(-32602, other.errorCode("transaction_v1_stop", "[\"" + id + "\"]"));
        }
        assertTrue(client.call("transaction_v1_stop", "[\"" + id + "\"]").isNull());
        JsonNode again = client.answer("transaction_v1_stop", "[\"" + id + "\"]");
        assertEquals(json("{'code':-32602,'message':'Invalid operation id'}"), again.get("error"));
        eventually(() -> pool.removed.equals(List.of(Hash.wrap(Blake2b.hash256(Bytes.fromHex(EXTRINSIC).view())))));
    }

    @Test
    void aBroadcastIsTriedAgainAtTheNextBestBlock() throws Exception {
        pool.refuse(Bytes.fromHex(EXTRINSIC), new PoolRefusal.ImmediatelyDropped());
        String id = client.call("transaction_v1_broadcast", "[\"" + EXTRINSIC + "\"]").asText();
        eventually(() -> under.node.chain.listeners() == 1);
        var chain = under.node.chain;
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (pool.submitted.isEmpty()) {
                chain.importBlock(chain.best().hash(), Digest.EMPTY, new TreeMap<>(), true, List.of());
            }
        });
        tell(new TransactionStatus.Finalised(BLOCK, 0));
        eventually(() -> chain.listeners() == 0);
        assertEquals(-32602, client.errorCode("transaction_v1_stop", "[\"" + id + "\"]"));
        assertTrue(pool.removed.isEmpty());
    }

    @Test
    void broadcastsAreCountedAndEndWithTheConnection() throws Exception {
        var ids = new HashSet<String>();
        for (int i = 0; i < 16; i++) {
            ids.add(client.call("transaction_v1_broadcast", "[\"0x04" + Integer.toHexString(0x10 + i) + "\"]")
                    .asText());
        }
        assertEquals(16, ids.size());
        assertTrue(client.call("transaction_v1_broadcast", "[\"" + EXTRINSIC + "\"]").isNull());
        client.close();
        eventually(() -> pool.removed.size() == 16 && under.node.chain.listeners() == 0);
    }

    @Test
    void bytesThatAreNoTransactionGetAnIdInSilence() throws Exception {
        assertEquals(16, client.call("transaction_v1_broadcast", "[\"0x0c01\"]").asText().length());
        assertTrue(pool.submitted.isEmpty());
    }
}
