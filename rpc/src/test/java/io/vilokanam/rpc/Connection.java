package io.vilokanam.rpc;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vilokanam.rpc.server.RawClient;

/** A client that tells answers and items of subscriptions apart, and fails where one is not as the methods are described. */
final class Connection implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RawClient client;
    private final DescribedAnswers described;
    private final Map<String, Deque<JsonNode>> items = new HashMap<>();
    private int lastId;

    Connection(int port, DescribedAnswers described) throws IOException {
        this.client = RawClient.webSocket(port);
        this.described = described;
    }

    /** The whole answer; {@code params} as JSON. */
    JsonNode answer(String method, String params) throws IOException {
        lastId++;
        client.sendText(
                "{\"jsonrpc\":\"2.0\",\"id\":" + lastId + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
        JsonNode message = read();
        while (!message.has("id")) {
            keep(message);
            message = read();
        }
        if (message.get("id").asInt() != lastId) {
            throw new IOException("expected the answer to " + lastId + ", got " + message);
        }
        described.checkAnswer(method, message);
        return message;
    }

    JsonNode call(String method, String params) throws IOException {
        JsonNode answer = answer(method, params);
        if (answer.has("error")) {
            throw new IOException(method + ": " + answer);
        }
        return answer.get("result");
    }

    int errorCode(String method, String params) throws IOException {
        return answer(method, params).at("/error/code").asInt();
    }

    String subscribe(String method, String params) throws IOException {
        return call(method, params).asText();
    }

    /** The next item of a subscription. */
    JsonNode next(String subscription) throws IOException {
        Deque<JsonNode> kept = items.getOrDefault(subscription, new ArrayDeque<>());
        while (kept.isEmpty()) {
            JsonNode message = read();
            keep(message);
            kept = items.getOrDefault(subscription, kept);
        }
        return kept.removeFirst();
    }

    private void keep(JsonNode message) throws IOException {
        if (!message.has("method")) {
            throw new IOException("expected an item, got " + message);
        }
        described.checkNotification(message);
        items.computeIfAbsent(message.at("/params/subscription").asText(), id -> new ArrayDeque<>())
                .addLast(message.at("/params/result"));
    }

    private JsonNode read() throws IOException {
        return JSON.readTree(client.readText());
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
