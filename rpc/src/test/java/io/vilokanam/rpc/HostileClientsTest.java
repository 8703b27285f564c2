package io.vilokanam.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.primitives.header.Digest;
import io.vilokanam.rpc.fake.RecordedChain;
import io.vilokanam.rpc.server.RawClient;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;

/** Whatever clients do that mean no good, others are answered meanwhile, and afterwards nothing of them is left. */
class HostileClientsTest {

    private static final int CONNECTIONS = 10;
    private static final int SUBSCRIPTIONS = 1_000;
    private static final int BLOCKS = 5;
    private static final int HALF_OPEN = 50;
    private static final int GARBAGE = 50;
    private static final int NESTING = 100_000;
    private static final long MEMORY_LEFT_MAX = 8L << 20;
    /** The serial collector leaves gaps where it need not move much, but for each fourth time. */
    private static final int COLLECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> WATCHED = List.of("chain_subscribeNewHeads", "chain_subscribeAllHeads",
            "chain_subscribeFinalizedHeads", "state_subscribeRuntimeVersion", "state_subscribeStorage",
            "grandpa_subscribeJustifications");

    private NodeUnderTest under;
    private RecordedChain chain;
    private Connection honest;

    @BeforeEach
    void start() throws IOException, ScaleException {
        under = new NodeUnderTest();
        chain = under.node.chain;
        importBlock(); // Of the recorded ones the state is not there.
        honest = under.connect();
    }

    @AfterEach
    void stop() throws IOException {
        honest.close();
        under.close();
    }

    @Test
    void tenThousandSubscriptionsOfClientsThatVanishLeaveNothing() throws Exception {
        subscribeAndVanish(SUBSCRIPTIONS / 10); // What is made once and stays is made now.
        long before = memory();
        subscribeAndVanish(SUBSCRIPTIONS);
        long end = System.nanoTime() + PATIENCE.toNanos();
        long left = memory() - before;
        while (left >= MEMORY_LEFT_MAX) { // What was not yet sent goes with its connection, a little after the listeners.
            assertTrue(System.nanoTime() < end, left + " bytes left");
            assertAnswers();
            left = memory() - before;
        }
        assertAnswers();
    }

    private void subscribeAndVanish(int each) throws IOException {
        List<Connection> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection client = under.connect();
            clients.add(client);
            for (int n = 0; n < each; n++) {
                String method = WATCHED.get(n % WATCHED.size());
                client.subscribe(method, method.endsWith("Storage") ? "[[\"0x1234\"]]" : "[]");
            }
        }
        assertTrue(chain.listeners() > 0);
        String heads = honest.subscribe("chain_subscribeAllHeads", "[]");
        honest.next(heads);
        for (int i = 0; i < BLOCKS; i++) {
            importBlock();
            honest.next(heads);
        }
        honest.call("chain_unsubscribeAllHeads", "[\"" + heads + "\"]");
        for (Connection client : clients) {
            client.close(); // Much that it was sent is unread: the other side sees a reset.
        }
        awaitNobodyListens();
    }

    @Test
    void othersAreAnsweredBesideHalfOpenSocketsAndGarbage() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        List<RawClient> open = new ArrayList<>();
        for (int i = 0; i < HALF_OPEN; i++) {
            RawClient client = i % 2 == 0 ? new RawClient(under.port()) : RawClient.webSocket(under.port());
            client.send(
                    i % 2 == 0 ? "POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-le".getBytes(StandardCharsets.US_ASCII)
                            : new byte[]{(byte) 0x81, (byte) 0xfe, 0x7f});
            open.add(client);
            assertAnswers();
        }
        for (int i = 0; i < GARBAGE; i++) {
            RawClient client = i % 3 == 0 ? new RawClient(under.port()) : RawClient.webSocket(under.port());
            open.add(client);
            if (i % 3 == 1) {
                client.sendText("[".repeat(NESTING));
                client.sendText("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"state_getStorage\",\"params\":"
                        + "[".repeat(NESTING) + "]".repeat(NESTING) + "}");
            } else {
                byte[] bytes = new byte[10_000];
                random.nextBytes(bytes);
                client.send(bytes);
            }
            assertAnswers();
        }
        for (RawClient client : open) {
            client.close();
        }
        assertAnswers();
        awaitNobodyListens();
    }

    private void assertAnswers() throws IOException {
        assertEquals(chain.genesisHash().toString(), honest.call("chain_getBlockHash", "[0]").asText());
    }

    private void importBlock() {
        var changes = new TreeMap<Bytes, Optional<Bytes>>();
        changes.put(Bytes.fromHex("0x1234"), Optional.of(Bytes.fromHex("0x01")));
        chain.importBlock(chain.best().hash(), Digest.EMPTY, changes, true, List.of());
    }

    private void awaitNobodyListens() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (chain.listeners() > 0 || !under.node.justificationListeners.isEmpty()) {
            assertTrue(System.nanoTime() < end, chain.listeners() + " listeners left");
            assertAnswers();
        }
    }

    private static long memory() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
