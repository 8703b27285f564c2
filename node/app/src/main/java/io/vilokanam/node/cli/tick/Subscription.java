package io.vilokanam.node.cli.tick;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The items of one JSON-RPC subscription over a WebSocket of its own. */
final class Subscription implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int ITEMS_WAITING_MAX = 1_024;
    private static final int TEXT_MAX = 16 << 20;

    /** A text, or empty where the connection ended. */
    private record Heard(String text, boolean isEnd) {}

    private final ObjectMapper json = new ObjectMapper();
    private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(ITEMS_WAITING_MAX);
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private final WebSocket socket;

    /** Subscribes; {@code url} is {@code ws://} or {@code http://}. */
    Subscription(URI url, String method, Object... params) throws TickFailure {
        this.url = URI.create(url.toString().replaceFirst("^http", "ws"));
        try {
            this.socket = http.newWebSocketBuilder().connectTimeout(TIMEOUT).buildAsync(this.url, new Ear()).join();
            socket.sendText(json.writeValueAsString(
                    Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params))), true).join();
        } catch (CompletionException | IOException e) {
            http.close();
            throw TickFailure
                    .unreachable("no node answers at " + this.url + "; start one with: node/bin/vilokanam --dev");
        }
        JsonNode answer = message(TIMEOUT);
        if (answer.has("error")) {
            close();
            throw TickFailure.answered(answer.path("error").path("code").intValue(),
                    method + " failed: " + answer.path("error").path("message").asText());
        }
    }

    /** The next item; waits for as long as it takes. */
    JsonNode next() throws TickFailure {
        JsonNode message = message(Duration.ofDays(1));
        return message.path("params").path("result");
    }

    private JsonNode message(Duration patience) throws TickFailure {
        try {
            Heard next = heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null || next.isEnd) {
                throw TickFailure.unreachable("the node at " + url + " ended the connection");
            }
            return json.readTree(next.text);
        } catch (IOException e) {
            throw new TickFailure("the node at " + url + " sent what is no JSON: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TickFailure("interrupted");
        }
    }

    /** Puts texts in line; asks for the next one when there is room. */
    private final class Ear implements WebSocket.Listener {

        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            parts.append(part);
            if (parts.length() > TEXT_MAX) {
                end();
                from.abort();
                return null;
            }
            if (isLast) {
                put(new Heard(parts.toString(), false));
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            end();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end();
        }

        private void end() {
            put(new Heard("", true));
        }

        private void put(Heard next) {
            try {
                heard.put(next);
            } catch (InterruptedException e) {
                // The client is closed while nobody listens any more.
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
