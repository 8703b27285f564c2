package io.vilokanam.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.node.service.Node;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.rpc.server.RpcLimits;

/**
 * A whole node with many clients, slow ones, and a storm of transactions: it answers on, in bounded memory. A short form runs
 * always; {@code -Dvilokanam.storm=true} runs 1,000 subscribers and 20,000 transfers.
 */
class ManyClientsTest {

    private static final boolean IS_LONG = Boolean.getBoolean("vilokanam.storm");
    private static final int SUBSCRIBERS = IS_LONG ? 1_000 : 200;
    private static final int TRANSFERS = IS_LONG ? 20_000 : 1_500;
    private static final int BLOCKS = 20;
    private static final int SMALL_BUFFER = 4096;
    private static final int BUFFER = 64 * 1024;
    private static final long MEBIBYTE = 1 << 20;
    private static final int SLEEPERS = 8;
    private static final long OUTBOUND_BYTES_MAX = 4 * MEBIBYTE;

    private static final RpcLimits LIMITS = RpcLimits.STOCK.withConnectionsMax(SUBSCRIBERS + 10)
            .withSocketsMax(SUBSCRIBERS + 10);

    /** What the heap holds when the rest was collected. */
    private static long heldBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static void importBlocks(Node node, int from, int to) throws Exception {
        List<SignedBlock> blocks = RecordedChains.blocks("dev-chain.blocks");
        for (SignedBlock block : blocks) {
            long number = block.block().header().number();
            if (number > from && number <= to) {
                ImportVerdict verdict = node.core().importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE));
                assertTrue(verdict instanceof ImportVerdict.Imported, verdict::toString);
            }
        }
    }

    @Test
    @Timeout(180)
    void idleSubscribersHearOfEveryBlockAndCostLittle() throws Exception {
        try (Node node = RecordedNode.atGenesis(TRANSFERS, LIMITS)) {
            List<PlainWebSocket> clients = new ArrayList<>();
            long before = heldBytes();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                PlainWebSocket client = new PlainWebSocket(node.rpcPort(), BUFFER);
                clients.add(client);
                client.send("chain_subscribeNewHeads", "[]");
                assertTrue(client.read().contains("\"result\""));
                assertTrue(client.read().contains("\"number\":\"0x0\""));
            }
            long idle = heldBytes();
            assertTrue(idle - before < SUBSCRIBERS * MEBIBYTE / 10,
                    "each takes " + (idle - before) / SUBSCRIBERS + " bytes");
            for (int number = 1; number <= BLOCKS; number++) {
                importBlocks(node, number - 1, number);
                for (PlainWebSocket client : clients) {
                    assertTrue(client.read().contains("\"number\":\"0x" + Integer.toHexString(number) + "\""));
                }
            }
            for (PlainWebSocket client : clients) {
                client.close();
            }
            clients.clear();
            awaitPlace(node, SUBSCRIBERS);
            long after = heldBytes();
            assertTrue(after - before < 16 * MEBIBYTE, "kept " + (after - before) + " bytes of clients that are gone");
        }
    }

    /** All connections that were closed are free again: the server takes as many new ones. */
    private static void awaitPlace(Node node, int count) throws IOException {
        List<PlainWebSocket> clients = new ArrayList<>();
        while (clients.size() < count) {
            try {
                clients.add(new PlainWebSocket(node.rpcPort(), BUFFER));
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        for (PlainWebSocket client : clients) {
            client.close();
        }
    }

    @Test
    @Timeout(120)
    void subscribersThatDoNotReadCostBoundedMemoryAndHoldNobodyUp() throws Exception {
        RpcLimits limits = LIMITS.withOutboundBytesMax(OUTBOUND_BYTES_MAX);
        try (Node node = RecordedNode.atGenesis(TRANSFERS, limits);
                HttpClient http = HttpClient.newHttpClient();
                WebSocketClient reader = new WebSocketClient(http, node.rpcPort())) {
            String heads = reader.call("chain_subscribeNewHeads").asText();
            reader.next(heads);
            List<PlainWebSocket> sleepers = new ArrayList<>();
            for (int i = 0; i < SLEEPERS; i++) {
                PlainWebSocket sleeper = new PlainWebSocket(node.rpcPort(), SMALL_BUFFER);
                sleepers.add(sleeper);
                for (int n = 0; n < LIMITS.subscriptionsPerConnectionMax(); n++) {
                    sleeper.send("chain_subscribeAllHeads", "[]");
                }
            }
            long before = heldBytes();
            for (int number = 1; number <= 2 * BLOCKS; number++) {
                importBlocks(node, number - 1, number);
                assertEquals("0x" + Integer.toHexString(number),
                        reader.next(heads).at("/params/result/number").asText());
            }
            assertEquals("0x" + Integer.toHexString(2 * BLOCKS), reader.call("chain_getHeader").get("number").asText());
            long grown = heldBytes() - before;
            assertTrue(grown < 4 * OUTBOUND_BYTES_MAX + 16 * MEBIBYTE,
                    "clients that do not read cost " + grown + " bytes");
            for (PlainWebSocket sleeper : sleepers) {
                sleeper.close();
            }
        }
    }

    @Test
    @Timeout(300)
    void aStormOfTransfersIsTakenAndAnsweredFor() throws Exception {
        try (Node node = RecordedNode.atGenesis(TRANSFERS, LIMITS);
                HttpClient http = HttpClient.newHttpClient();
                WebSocketClient client = new WebSocketClient(http, node.rpcPort());
                WebSocketClient other = new WebSocketClient(http, node.rpcPort())) {
            Transfers sign = new Transfers(node.core().chain().genesis());
            long before = heldBytes();
            for (int nonce = 0; nonce < TRANSFERS; nonce++) {
                client.call("author_submitExtrinsic", sign.transfer("//Alice", nonce, 0).toString());
                if (nonce % 1000 == 0) {
                    other.call("chain_getHeader");
                }
            }
            assertEquals(new TransactionPool.Status(TRANSFERS, 0), node.pool().status());
            String alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
            assertEquals(TRANSFERS, other.call("system_accountNextIndex", alice).asInt());
            assertEquals(TRANSFERS, other.call("author_pendingExtrinsics").size());
            long each = (heldBytes() - before) / TRANSFERS;
            assertTrue(each < 16 * 1024, "a waiting transfer takes " + each + " bytes");
            String first = other.call("author_pendingExtrinsics").get(0).asText();
            assertEquals(TRANSFERS, other.call("author_removeExtrinsic", List.of(Map.of("extrinsic", first))).size());
            assertEquals(new TransactionPool.Status(0, 0), node.pool().status());
        }
    }
}
