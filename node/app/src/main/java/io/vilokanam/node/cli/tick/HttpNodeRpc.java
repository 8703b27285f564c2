package io.vilokanam.node.cli.tick;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON-RPC over HTTP. A {@code ws://} address is taken too: a node answers both on one port. */
final class HttpNodeRpc implements NodeRpc, AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT)
            .build();
    private final URI url;

    HttpNodeRpc(String url) throws TickFailure {
        if (!url.matches("(http|ws)s?://[^\\s]+")) {
            throw new TickFailure("--url \"" + url + "\": expected http://, https://, ws:// or wss:// and a host");
        }
        try {
            this.url = URI.create(url.replaceFirst("^ws", "http"));
        } catch (IllegalArgumentException e) {
            throw new TickFailure("--url \"" + url + "\": " + e.getMessage());
        }
    }

    URI url() {
        return url;
    }

    @Override
    public JsonNode call(String method, Object... params) throws TickFailure {
        try {
            byte[] body = json.writeValueAsBytes(
                    Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params)));
            HttpRequest request = HttpRequest.newBuilder(url).timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new TickFailure(url + " answered " + method + " with HTTP status " + response.statusCode());
            }
            return result(method, json.readTree(response.body()));
        } catch (ConnectException e) {
            throw TickFailure.unreachable("no node answers at " + url + "; start one with: node/bin/vilokanam --dev");
        } catch (IOException e) {
            throw TickFailure.unreachable("cannot call " + method + " at " + url + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TickFailure("interrupted");
        }
    }

    private static JsonNode result(String method, JsonNode answer) throws TickFailure {
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            String details = error.has("data") ? ": " + text(error.path("data")) : "";
            throw TickFailure.answered(error.path("code").intValue(),
                    method + " failed: " + text(error.path("message")) + details);
        }
        if (!answer.has("result")) {
            throw new TickFailure(method + " was answered with neither result nor error");
        }
        return answer.get("result");
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    @Override
    public void close() {
        http.close();
    }
}
