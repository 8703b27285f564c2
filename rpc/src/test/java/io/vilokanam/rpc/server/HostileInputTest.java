package io.vilokanam.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.method.Subscriber;

class HostileInputTest {

    private static final String TOO_BIG = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32007,\"message\":"
            + "\"Request is too big\",\"data\":\"Exceeded max limit of 15728640\"}}";
    private static final String INVALID = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":"
            + "\"Invalid request\"}}";
    private static final int BIG = 16 * 1024 * 1024;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.stock();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aBodyThatIsAnnouncedTooBigIsNotRead() throws IOException {
        try (var client = new RawClient(server.port())) {
            var answer = client
                    .http("POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: " + BIG
                            + "\r\n\r\n{");
            assertEquals(413, answer.status());
            assertEquals(TOO_BIG, answer.body());
            assertTrue(client.isAtEnd());
        }
    }

    @Test
    void aChunkedBodyIsReadUpToTheLimit() throws IOException {
        try (var client = new RawClient(server.port())) {
            client.send(
                    "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i <= RpcLimits.STOCK.requestBytesMax() / 0x10000; i++) {
                client.send(chunk);
            }
            assertEquals(413, client.readHttp().status());
        }
    }

    @Test
    void aMessageThatIsTooBigIsAnsweredAndTheNextOneServed() throws IOException {
        try (var client = RawClient.webSocket(server.port())) {
            client.send(RawClient.frame(0x81, new byte[BIG]));
            assertEquals(TOO_BIG, client.readText());
            client.sendText(WebSocketTest.call(1, "test_echo", "[1]"));
            assertEquals(WebSocketTest.result(1, "1"), client.readText());
            byte[] fragment = new byte[BIG / 4];
            client.send(RawClient.frame(0x01, fragment));
            for (int i = 0; i < 4; i++) {
                client.send(RawClient.frame(i == 3 ? 0x80 : 0x00, fragment));
            }
            assertEquals(TOO_BIG, client.readText());
            client.sendText(WebSocketTest.call(2, "test_echo", "[2]"));
            assertEquals(WebSocketTest.result(2, "2"), client.readText());
        }
    }

    @Test
    void deepNestingCostsNothing() throws IOException {
        try (var client = RawClient.webSocket(server.port())) {
            for (int depth : List.of(10_000, 1_000_000)) {
                client.sendText("[".repeat(depth) + "]".repeat(depth));
                assertEquals("[" + INVALID + "]", client.readText());
                client.sendText("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system_chain\",\"params\":"
                        + "[".repeat(depth) + "]".repeat(depth) + "}");
                assertEquals(WebSocketTest.result(1, "\"Vilokanam Development\""), client.readText());
                client.sendText(WebSocketTest.call(2, "test_echo", "[".repeat(depth) + "]".repeat(depth)));
                assertTrue(client.readText().startsWith("{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32602,"));
                client.sendText("{\"a\":".repeat(depth));
                assertTrue(client.readText().contains("-32700"));
            }
        }
    }

    @Test
    void aBatchOfAHundredThousandIsAnswered() throws IOException {
        int count = 100_000;
        var batch = new StringBuilder("[");
        var expected = new StringBuilder("[");
        for (int id = 0; id < count; id++) {
            batch.append(id == 0 ? "" : ",").append(WebSocketTest.call(id, "test_echo", "[0]"));
            expected.append(id == 0 ? "" : ",").append(WebSocketTest.result(id, "0"));
        }
        try (var client = RawClient.webSocket(server.port())) {
            client.sendText(batch + "]");
            assertEquals(expected + "]", client.readText());
        }
    }

    @Test
    void batchesKeepToTheirLimits() throws IOException {
        String two = "[" + WebSocketTest.call(1, "test_long", "[300]") + ","
                + WebSocketTest.call(2, "test_long", "[300]") + "]";
        String three = "[1,2,3]";
        var limits = RpcLimits.STOCK.withBatchLengthMax(2).withResponseBytesMax(600);
        try (var strict = new RunningServer(limits, RpcAccess.DEVELOPMENT);
                var client = RawClient.webSocket(strict.port())) {
            client.sendText(three);
            assertEquals(error("null", -32010, "The batch request was too large", 2), client.readText());
            client.sendText(two);
            assertEquals(error("null", -32011, "The batch response was too large", 600), client.readText());
            client.sendText(WebSocketTest.call(3, "test_long", "[600]"));
            assertEquals(error("3", -32008, "Response is too big", 600), client.readText());
        }
        try (var strict = new RunningServer(RpcLimits.STOCK.withBatchLengthMax(0), RpcAccess.DEVELOPMENT);
                var client = RawClient.webSocket(strict.port())) {
            for (String batch : List.of(three, "[]", "[")) {
                client.sendText(batch);
                assertEquals("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32005,\"message\":"
                        + "\"Batched requests are not supported by this server\"}}", client.readText());
            }
        }
    }

    private static String error(String id, int code, String message, int limit) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code + ",\"message\":\"" + message
                + "\",\"data\":\"Exceeded max limit of " + limit + "\"}}";
    }

    @Test
    void aFloodOfConnectionsIsRefusedAndRoomIsGivenBack() throws IOException {
        int max = 20;
        try (var small = new RunningServer(RpcLimits.STOCK.withConnectionsMax(max), RpcAccess.DEVELOPMENT)) {
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < max; i++) {
                clients.add(RawClient.webSocket(small.port()));
            }
            for (int i = 0; i < 3 * max; i++) {
                try (var refused = new RawClient(small.port())) {
                    var answer = refused.upgrade(small.port());
                    assertEquals(429, answer.status());
                    assertEquals("Too many connections. Please try again later.", answer.body());
                    assertEquals(429, refused.post(small.port(), "{}").status());
                }
            }
            clients.getFirst().send(RawClient.frame(0x88, new byte[0]));
            assertEquals(0x88, clients.getFirst().readFrame().firstByte());
            assertTrue(clients.getFirst().isAtEnd());
            try (var late = RawClient.webSocket(small.port())) {
                late.sendText(WebSocketTest.call(1, "test_echo", "[1]"));
                assertEquals(WebSocketTest.result(1, "1"), late.readText());
            }
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void socketsBeyondTheLimitAreClosedAtOnce() throws IOException {
        try (var small = new RunningServer(RpcLimits.STOCK.withSocketsMax(2), RpcAccess.DEVELOPMENT);
                var one = RawClient.webSocket(small.port());
                var two = RawClient.webSocket(small.port());
                var three = new RawClient(small.port())) {
            assertTrue(three.isAtEnd());
            one.sendText(WebSocketTest.call(1, "test_echo", "[1]"));
            two.sendText(WebSocketTest.call(2, "test_echo", "[2]"));
            assertEquals(WebSocketTest.result(1, "1"), one.readText());
            assertEquals(WebSocketTest.result(2, "2"), two.readText());
        }
    }

    @Test
    void aSubscriptionThatIsNotReadEndsWithoutAWord() throws Exception {
        try (var client = RawClient.slowWebSocket(server.port())) {
            client.sendText(WebSocketTest.call(1, "chain_subscribeNewHeads", "[]"));
            Subscriber subscriber = server.methods.subscribers.poll(10, TimeUnit.SECONDS);
            String item = "x".repeat(100_000);
            int sent = 0;
            while (subscriber.send(Json.text(item))) {
                sent++;
                assertTrue(sent < 10_000, "nobody reads, and still everything is taken");
            }
            assertEquals(subscriber.id(), server.methods.ended.poll(10, TimeUnit.SECONDS));
            assertTrue(subscriber.isEnded());
        }
    }

    @Test
    void aClientThatAsksAndDoesNotReadIsNotReadEither() throws Exception {
        try (var small = new RunningServer(RpcLimits.STOCK.withMessageBuffer(4), RpcAccess.DEVELOPMENT);
                var client = RawClient.slowWebSocket(small.port())) {
            int count = 200;
            Thread asking = Thread.ofVirtual().start(() -> {
                try {
                    for (int id = 0; id < count; id++) {
                        client.sendText(WebSocketTest.call(id, "test_long", "[100000]"));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            for (int id = 0; id < count; id++) {
                assertTrue(client.readText().length() > 100_000);
            }
            asking.join();
        }
    }

    @Test
    void aClientWithTooMuchUnreadIsDropped() throws Exception {
        var limits = RpcLimits.STOCK.withOutboundBytesMax(1 << 20);
        try (var small = new RunningServer(limits, RpcAccess.DEVELOPMENT);
                var client = RawClient.slowWebSocket(small.port())) {
            client.sendText(WebSocketTest.call(0, "chain_subscribeNewHeads", "[]"));
            for (int id = 1; id < 20; id++) {
                client.sendText(WebSocketTest.call(id, "test_long", "[1000000]"));
            }
            assertNotNull(small.methods.subscribers.poll(10, TimeUnit.SECONDS));
            assertNotNull(small.methods.ended.poll(10, TimeUnit.SECONDS),
                    "the connection ended and its subscription with it");
        }
    }

    @Test
    void aFloodOfPingsIsAnsweredAsFastAsItIsRead() throws Exception {
        int count = 50_000;
        byte[] ping = RawClient.frame(0x89, new byte[125]);
        try (var client = RawClient.slowWebSocket(server.port())) {
            Thread flooding = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        client.send(ping);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            for (int i = 0; i < count; i++) {
                assertEquals(0x8a, client.readFrame().firstByte());
            }
            flooding.join();
        }
    }

    @Test
    void parametersThatAreNotUtf8SpoilTheirRequest() throws IOException {
        try (var client = RawClient.webSocket(server.port())) {
            byte[] text = WebSocketTest.call(1, "test_echo", "[\"?\"]").getBytes(StandardCharsets.US_ASCII);
            text[new String(text, StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xff;
            client.send(RawClient.frame(0x81, text));
            assertEquals("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32600,\"message\":\"Invalid request\"}}",
                    client.readText());
            assertFalse(server.methods.held.getCount() == 0);
        }
    }
}
