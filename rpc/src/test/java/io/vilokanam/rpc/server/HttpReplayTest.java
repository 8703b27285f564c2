package io.vilokanam.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.testkit.Refchain;

/** The raw HTTP requests of the transcript, answered as the stock node answered them, headers and all. */
class HttpReplayTest {

    /** Whose bodies are cut in the recording: HostileInputTest has them. */
    private static final Set<String> CUT = Set.of("deep", "big");
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new RunningServer(RpcLimits.STOCK, RpcAccess.STOCK);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> answersAsTheStockNode() {
        return StreamSupport.stream(Refchain.json("rpc.json").get("http").spliterator(), false)
                .filter(exchange -> !CUT.contains(exchange.get("name").asText()))
                .map(exchange -> DynamicTest.dynamicTest(exchange.get("name").asText(), () -> replay(exchange)));
    }

    private static void replay(JsonNode exchange) throws IOException {
        JsonNode request = exchange.get("request");
        byte[] body = request.get("body").asText().getBytes(StandardCharsets.UTF_8);
        var headers = new TreeMap<String, String>();
        headers.put("host", "127.0.0.1:" + server.port());
        headers.put("content-length", Integer.toString(body.length));
        if (request.has("headers")) {
            request.get("headers").properties()
                    .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        } else {
            headers.put("content-type", "application/json");
        }
        var text = new StringBuilder(request.path("method").asText("POST") + " " + request.path("path").asText("/")
                + " HTTP/1.1\r\n");
        headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        try (var client = new RawClient(server.port())) {
            var answer = client.http(text + "\r\n" + request.get("body").asText());
            JsonNode expected = exchange.get("response");
            assertEquals(expected.get("body").asText(), answer.body());
            assertEquals(expected.get("status").asInt(), answer.status());
            var expectedHeaders = new TreeMap<String, String>();
            expected.get("headers").properties()
                    .forEach(header -> expectedHeaders.put(header.getKey(), header.getValue().asText()));
            assertEquals(expectedHeaders, answer.headers());
        }
    }
}
