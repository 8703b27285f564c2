package io.vilokanam.node.rpc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A JSON-RPC client on one WebSocket that tells answers and items of subscriptions apart. For one thread. */
final class WebSocketClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final Map<String, BlockingQueue<JsonNode>> items = new HashMap<>();
    private final WebSocket socket;
    private int lastId;

    WebSocketClient(HttpClient http, int port) {
        socket = http.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + port), new WebSocket.Listener() {

            private final StringBuilder begun = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean isLast) {
                begun.append(part);
                if (isLast) {
                    texts.add(begun.toString());
                    begun.setLength(0);
                }
                webSocket.request(1);
                return null;
            }
        }).join();
    }

    /** The whole answer to a call. */
    JsonNode answer(String method, JsonNode params) throws IOException, InterruptedException {
        lastId++;
        ObjectNode request = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", lastId).put("method", method);
        request.set("params", params);
        socket.sendText(request.toString(), true).join();
        while (true) {
            JsonNode message = read();
            if (message.has("id")) {
                if (message.get("id").asInt() != lastId) {
                    throw new IOException("expected the answer to " + lastId + ", got " + message);
                }
                return message;
            }
            keep(message);
        }
    }

    JsonNode answer(String method, Object... params) throws IOException, InterruptedException {
        return answer(method, JSON.<JsonNode>valueToTree(params));
    }

    /** The result of a call that is not refused. */
    JsonNode call(String method, Object... params) throws IOException, InterruptedException {
        JsonNode answer = answer(method, params);
        if (!answer.has("result")) {
            throw new IOException(method + " was answered with " + answer);
        }
        return answer.get("result");
    }

    /** The next notification of a subscription, whole. */
    JsonNode next(String subscription) throws IOException, InterruptedException {
        while (queue(subscription).isEmpty()) {
            keep(read());
        }
        return queue(subscription).remove();
    }

    private BlockingQueue<JsonNode> queue(String subscription) {
        return items.computeIfAbsent(subscription, _ -> new LinkedBlockingQueue<>());
    }

    private void keep(JsonNode message) {
        queue(message.at("/params/subscription").asText()).add(message);
    }

    private JsonNode read() throws IOException, InterruptedException {
        String text = texts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (text == null) {
            throw new IOException("nothing came for " + PATIENCE_SECONDS + " s");
        }
        return JSON.readTree(text);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
