package io.vilokanam.benchmarks;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.vilokanam.primitives.Hash;

/** Asks a node on this machine by JSON-RPC, one question at a time. */
record RpcClient(int port) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    /** A request; {@code parameters}: a JSON array. */
    static String request(String method, String parameters) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
    }

    /** @throws IOException where nobody answers, or the answer is an error */
    JsonNode ask(String method, String parameters) throws IOException, InterruptedException {
        String answer = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request(method, parameters))).build());
        JsonNode result = JSON.readTree(answer).get("result");
        if (result == null) {
            throw new IOException(method + " was answered " + answer);
        }
        return result;
    }

    Hash genesis() throws IOException, InterruptedException {
        return Hash.fromHex(ask("chain_getBlockHash", "[0]").asText());
    }

    /** A kept connection may have been closed at the other end just now: then once more. */
    static String send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (ConnectException refused) {
            throw refused;
        } catch (IOException closed) {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
