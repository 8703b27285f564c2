package io.vilokanam.rpc.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.method.MethodRegistry;
import io.vilokanam.rpc.method.RpcObserver;
import io.vilokanam.rpc.method.Subscriber;

class WebSocketTest {

    private RunningServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.stock();
        client = RawClient.webSocket(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    static String call(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    static String result(int id, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}";
    }

    @Test
    void anOrdinaryClientIsServed() throws Exception {
        var texts = new LinkedBlockingQueue<String>();
        try (var http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + server.port()),
                    new WebSocket.Listener() {
                        private final StringBuilder text = new StringBuilder();

                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                            text.append(part);
                            if (last) {
                                texts.add(text.toString());
                                text.setLength(0);
                            }
                            from.request(1);
                            return null;
                        }
                    }).get(10, TimeUnit.SECONDS);
            socket.sendText(call(1, "test_long", "[100000]"), true).get(10, TimeUnit.SECONDS);
            assertEquals(result(1, "\"" + "x".repeat(100_000) + "\""), texts.poll(10, TimeUnit.SECONDS));
            socket.abort();
        }
    }

    @Test
    void manyCallsInFlightAreAllAnswered() throws IOException {
        var expected = new TreeSet<String>();
        var answers = new TreeSet<String>();
        for (int id = 0; id < 1000; id++) {
            client.sendText(call(id, "test_echo", "[" + id + "]"));
            expected.add(result(id, Integer.toString(id)));
        }
        for (int id = 0; id < 1000; id++) {
            answers.add(client.readText());
        }
        assertEquals(expected, answers);
    }

    @Test
    void aWaitingCallDoesNotHoldUpOthers() throws IOException {
        client.sendText(call(1, "test_waits", "[]"));
        client.sendText(call(2, "test_echo", "[2]"));
        assertEquals(result(2, "2"), client.readText());
        server.methods.held.countDown();
        assertEquals(result(1, "null"), client.readText());
    }

    @Test
    void framesMayComeByteByByteAndFragmentedWithPingsBetween() throws IOException {
        byte[] text = call(7, "test_echo", "[\"fragments\"]").getBytes(StandardCharsets.UTF_8);
        byte[] first = RawClient.frame(0x01, Arrays.copyOfRange(text, 0, 10));
        byte[] ping = RawClient.frame(0x89, new byte[]{1, 2, 3});
        byte[] middle = RawClient.frame(0x00, new byte[0]);
        byte[] last = RawClient.frame(0x80, Arrays.copyOfRange(text, 10, text.length));
        for (byte[] frame : List.of(first, ping, middle, last)) {
            for (byte b : frame) {
                client.send(new byte[]{b});
            }
        }
        var pong = client.readFrame();
        assertEquals(0x8a, pong.firstByte());
        assertArrayEquals(new byte[]{1, 2, 3}, pong.content());
        assertEquals(result(7, "\"fragments\""), client.readText());
    }

    @Test
    void closingIsAnsweredByClosing() throws IOException {
        client.send(RawClient.frame(0x88, new byte[]{0x03, (byte) 0xe8}));
        var close = client.readFrame();
        assertEquals(0x88, close.firstByte());
        assertArrayEquals(new byte[]{0x03, (byte) 0xe8}, close.content());
        assertTrue(client.isAtEnd());
    }

    @Test
    void brokenFramesEndTheConnection() throws IOException {
        byte[] unmasked = {(byte) 0x81, 0x01, 'x'};
        byte[] reserved = RawClient.frame(0xc1, new byte[]{'x'});
        byte[] opcode = RawClient.frame(0x83, new byte[]{'x'});
        byte[] lonely = RawClient.frame(0x80, new byte[]{'x'});
        byte[] longPing = RawClient.frame(0x89, new byte[126]);
        byte[] endless = {(byte) 0x81, (byte) 0xff, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        for (byte[] frame : List.of(unmasked, reserved, opcode, lonely, longPing, endless)) {
            try (var broken = RawClient.webSocket(server.port())) {
                broken.send(frame);
                var close = broken.readFrame();
                assertEquals(0x88, close.firstByte());
                assertArrayEquals(new byte[]{0x03, (byte) 0xea}, close.content());
                assertTrue(broken.isAtEnd());
            }
        }
    }

    @Test
    void theIdComesBeforeTheFirstItem() throws Exception {
        client.sendText(call(1, "chain_subscribeNewHeads", "[]"));
        String id = server.methods.subscribers.poll(10, TimeUnit.SECONDS).id();
        assertTrue(id.matches("[A-Za-z0-9]{16}"), id);
        assertEquals(result(1, "\"" + id + "\""), client.readText());
        assertEquals(item(id, "first"), client.readText());
    }

    private static String item(String id, String item) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"chain_newHead\",\"params\":{\"subscription\":\"" + id
                + "\",\"result\":\""
                + item + "\"}}";
    }

    @Test
    void unsubscribingAnswersWhetherThereWasASubscription() throws Exception {
        String id = subscribe("chain_subscribeNewHead").id();
        client.sendText(call(2, "chain_unsubscribeNewHeads", "[\"" + id + "\"]"));
        assertEquals(result(2, "true"), client.readText());
        assertEquals(id, server.methods.ended.poll(10, TimeUnit.SECONDS));
        client.sendText(call(3, "chain_unsubscribeNewHead", "[\"" + id + "\"]"));
        assertEquals(result(3, "false"), client.readText());
        client.sendText(call(4, "chain_unsubscribeNewHead", "[]"));
        assertEquals(result(4, "false"), client.readText());
    }

    @Test
    void disconnectingEndsSubscriptions() throws Exception {
        Subscriber subscriber = subscribe("chain_subscribeNewHeads");
        client.close();
        assertEquals(subscriber.id(), server.methods.ended.poll(10, TimeUnit.SECONDS));
        assertFalse(subscriber.send(Json.text("nobody listens")));
    }

    @Test
    void aSubscriptionInABatchSendsAfterTheBatch() throws Exception {
        client.sendText("[" + call(1, "chain_subscribeNewHeads", "[]") + "," + call(2, "system_chain", "[]") + "]");
        String id = server.methods.subscribers.poll(10, TimeUnit.SECONDS).id();
        assertEquals("[" + result(1, "\"" + id + "\"") + "," + result(2, "\"Vilokanam Development\"") + "]",
                client.readText());
        assertEquals(item(id, "first"), client.readText());
    }

    @Test
    void subscriptionsAreCounted() throws Exception {
        var limits = RpcLimits.STOCK.withSubscriptionsPerConnectionMax(2);
        try (var few = new RunningServer(limits, RpcAccess.DEVELOPMENT); var one = RawClient.webSocket(few.port())) {
            var ids = new ArrayList<String>();
            for (int i = 0; i < 2; i++) {
                one.sendText(call(i, "chain_subscribeNewHeads", "[]"));
                ids.add(few.methods.subscribers.poll(10, TimeUnit.SECONDS).id());
                assertEquals(result(i, "\"" + ids.get(i) + "\""), one.readText());
                assertEquals(item(ids.get(i), "first"), one.readText());
            }
            one.sendText(call(3, "chain_subscribeNewHeads", "[]"));
            assertEquals(
                    "{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":-32006,\"message\":\"Too many subscriptions on the"
                            + " connection\",\"data\":\"Exceeded max limit of 2\"}}",
                    one.readText());
            one.sendText(call(4, "chain_unsubscribeNewHeads", "[\"" + ids.getFirst() + "\"]"));
            assertEquals(result(4, "true"), one.readText());
            one.sendText(call(5, "chain_subscribeNewHeads", "[]"));
            String id = few.methods.subscribers.poll(10, TimeUnit.SECONDS).id();
            assertEquals(result(5, "\"" + id + "\""), one.readText());
        }
    }

    @Test
    void aMethodWithABugAnswersAnInternalError() throws IOException {
        client.sendText(call(1, "test_fails", "[]"));
        assertEquals("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,\"message\":\"Internal error\"}}",
                client.readText());
    }

    @Test
    void silentClientsArePingedAndThenLeft() throws IOException {
        var quick = Duration.ofMillis(5);
        var limits = new RpcLimits(4, 1000, 1000, 4, 4, 4, 4, 4, 1000, 4, 1000, Duration.ofSeconds(60), quick, quick,
                3);
        try (var strict = new RunningServer(limits, RpcAccess.DEVELOPMENT);
                var silent = RawClient.webSocket(strict.port())) {
            assertEquals(0x89, silent.readFrame().firstByte());
            assertEquals(0x89, silent.readFrame().firstByte());
            silent.readToEnd();
        }
    }

    @Test
    void callsAndSessionsAreObserved() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        var observer = new RpcObserver() {
            @Override
            public void callStarted(Protocol protocol, String method) {
                heard.add("started " + protocol + " " + method);
            }

            @Override
            public void callFinished(FinishedCall call) {
                heard.add("finished " + call.protocol() + " " + call.method() + " " + call.isError());
            }

            @Override
            public void sessionOpened() {
                heard.add("opened");
            }

            @Override
            public void sessionClosed(Duration lasted) {
                heard.add("closed");
            }
        };
        try (var observed = new RpcServer(RpcServer.Endpoint.loopback(0),
                new MethodRegistry(List.of(new TestMethods())),
                RpcLimits.STOCK, RpcAccess.DEVELOPMENT, new SplittableRandom(7), observer)) {
            observed.start();
            try (var one = RawClient.webSocket(observed.port()); var http = new RawClient(observed.port())) {
                one.sendText(call(1, "no_suchMethod", "[]"));
                one.readText();
                one.sendText(call(1, "test_echo", "[]"));
                one.readText();
                http.post(observed.port(), call(1, "test_echo", "[1]"));
            }
            for (String expected : List.of("opened", "started WS test_echo", "finished WS test_echo true",
                    "started HTTP test_echo", "finished HTTP test_echo false", "closed")) {
                assertEquals(expected, heard.poll(10, TimeUnit.SECONDS));
            }
        }
    }

    private Subscriber subscribe(String method) throws Exception {
        client.sendText(call(1, method, "[]"));
        Subscriber subscriber = server.methods.subscribers.poll(10, TimeUnit.SECONDS);
        client.readText();
        client.readText();
        return subscriber;
    }
}
