package io.vilokanam.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.rpc.backend.HealthProbe;
import io.vilokanam.rpc.method.MethodRegistry;

class HttpTest {

    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system_chain\"}";
    private static final String CHAIN = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"Vilokanam Development\"}";

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
    void anOrdinaryClientKeepsItsConnection() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
                    .header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(CALL)).build();
            for (int i = 0; i < 20; i++) {
                var answer = client.send(request, BodyHandlers.ofString());
                assertEquals(200, answer.statusCode());
                assertEquals(CHAIN, answer.body());
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (var client = new RawClient(server.port())) {
            var requests = new StringBuilder();
            for (int id = 0; id < 50; id++) {
                String body = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"test_echo\",\"params\":[" + id
                        + "]}";
                requests.append("POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ")
                        .append(body.length()).append("\r\n\r\n").append(body);
            }
            client.send(requests.toString().getBytes(StandardCharsets.US_ASCII));
            for (int id = 0; id < 50; id++) {
                assertEquals("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + id + "}", client.readHttp().body());
            }
        }
    }

    @Test
    void chunkedBodiesAreRead() throws IOException {
        try (var client = new RawClient(server.port())) {
            String half = CALL.substring(0, 20);
            String rest = CALL.substring(20);
            var answer = client.http("POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                    + "transfer-encoding: chunked\r\n\r\n" + Integer.toHexString(half.length()) + "\r\n" + half + "\r\n"
                    + Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\n\r\n");
            assertEquals(CHAIN, answer.body());
        }
    }

    @Test
    void preflightsOfAnyOriginAreAllowedInDevelopment() throws IOException {
        try (var client = new RawClient(server.port())) {
            var answer = client.http("OPTIONS / HTTP/1.1\r\nhost: x\r\norigin: http://localhost:3000\r\n"
                    + "access-control-request-method: POST\r\n\r\n");
            assertEquals(200, answer.status());
            assertEquals("*", answer.headers().get("access-control-allow-origin"));
            assertEquals("*", answer.headers().get("access-control-allow-methods"));
            assertEquals("*", answer.headers().get("access-control-allow-headers"));
        }
    }

    @Test
    void answersProbesWithLimits() throws IOException {
        server.server.probe(() -> new HealthProbe.Standing(true, 0, false, false, 100, 90, 103, 7));
        try (RawClient client = new RawClient(server.port())) {
            assertEquals(200, client.http("GET /health/live HTTP/1.1\r\nhost: 10.1.2.3\r\n\r\n").status());
            String path = "GET /health/readiness?max-lag=3&max-finality-lag=10&max-age=7 HTTP/1.1\r\nhost: x\r\n\r\n";
            assertEquals(200, client.http(path).status());
            assertEquals(500, client.http(path.replace("lag=3", "lag=2")).status());
            assertEquals(500, client.http(path.replace("=10", "=9")).status());
            var old = client.http(path.replace("age=7", "age=6"));
            assertEquals(500, old.status());
            assertTrue(old.body().contains("7 seconds since the last block, max-age is 6"), old.body());
            assertEquals(400, client.http(path.replace("age=7", "age=x")).status());
            assertEquals(400, client.http(path.replace("age", "edge")).status());
            assertEquals(405, client.http(path.replace("GET", "PUT")).status());
            assertEquals(200, client.http("GET /health/readiness HTTP/1.1\r\nhost: x\r\n\r\n").status());
        }
        server.server.probe(() -> new HealthProbe.Standing(false, 0, false, false, 1, 1, 1, 0));
        try (RawClient client = new RawClient(server.port())) {
            assertEquals(500, client.http("GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n").status());
        }
        server.server.probe(() -> new HealthProbe.Standing(true, 0, false, true, 1, 1, 1, 0));
        try (RawClient client = new RawClient(server.port())) {
            assertEquals(200, client.http("GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n").status());
            assertEquals(500, client.http("GET /health/readiness?max-lag=9 HTTP/1.1\r\nhost: x\r\n\r\n").status());
        }
    }

    @Test
    void healthTakesOnlyGet() throws IOException {
        try (var client = new RawClient(server.port())) {
            assertEquals(405, client.http("PUT /health HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n").status());
            assertEquals(200, client.http("GET /health HTTP/1.1\r\nhost: x\r\n\r\n").status());
        }
    }

    @Test
    void requestsThatAreNoHttpAreRefused() throws IOException {
        try (var client = new RawClient(server.port())) {
            assertEquals(400, client.http("nonsense\r\n\r\n").status());
            assertTrue(client.isAtEnd());
        }
    }

    @Test
    void anAnswerToHeadHasNoBody() throws IOException {
        try (var client = new RawClient(server.port())) {
            client.send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.send(("POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\n"
                    + "content-length: " + CALL.length() + "\r\n\r\n" + CALL).getBytes(StandardCharsets.US_ASCII));
            String all = new String(client.readToEnd(), StandardCharsets.US_ASCII);
            assertTrue(all.startsWith("HTTP/1.1 405 "), all);
            assertTrue(all.contains("\r\n\r\nHTTP/1.1 200 OK\r\n"), all);
            assertTrue(all.contains("\r\nconnection: close\r\n"), all);
            assertTrue(all.endsWith(CHAIN), all);
        }
    }

    @Test
    void headersWithoutEndAreRefused() throws IOException {
        try (var client = new RawClient(server.port())) {
            String header = "x: " + "y".repeat(RpcLimits.STOCK.httpHeaderBytesMax() + 1) + "\r\n\r\n";
            assertEquals(431, client.http("POST / HTTP/1.1\r\n" + header).status());
            assertTrue(client.isAtEnd());
        }
    }

    @Test
    void upgradesWithoutKeyAreRefused() throws IOException {
        try (var client = new RawClient(server.port())) {
            assertEquals(400, client.http("GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
                    + "sec-websocket-version: 13\r\n\r\n").status());
        }
    }

    @Test
    void unsafeMethodsAreRefusedWherePolicySaysSo() throws IOException {
        var safe = new RpcAccess(Optional.empty(), RpcAccess.Methods.SAFE);
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"test_unsafe\"}";
        try (var strict = new RunningServer(RpcLimits.STOCK, safe);
                var client = new RawClient(strict.port());
                var insider = new RawClient(server.port())) {
            assertEquals("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":"
                    + "\"RPC call is unsafe to be called externally\"}}", client.post(strict.port(), call).body());
            assertEquals("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}", insider.post(server.port(), call).body());
            assertEquals("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"Invalid params\","
                    + "\"data\":\"No more params\"}}",
                    client.post(strict.port(), call.replace("test_unsafe", "test_unsafeCount")).body());
        }
    }

    @Test
    void aTakenPortIsReplacedByAFreeOne() throws IOException {
        var other = new RpcServer(RpcServer.Endpoint.loopback(server.port()),
                new MethodRegistry(List.of(new TestMethods())), RpcLimits.STOCK,
                RpcAccess.DEVELOPMENT, new SplittableRandom(2));
        try (other) {
            other.start();
            assertTrue(other.port() != server.port());
            try (var client = new RawClient(other.port())) {
                assertEquals(CHAIN, client.post(other.port(), CALL).body());
            }
        }
    }
}
