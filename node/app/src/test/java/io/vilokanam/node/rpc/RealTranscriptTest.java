package io.vilokanam.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.node.service.Node;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.testkit.Refchain;

/**
 * The whole transcript of the stock node, sent to a whole node on the same chain: runtime, pool, store and server are the real
 * ones. What may differ is named in {@link #DIFFERENCES} with its reason.
 */
class RealTranscriptTest {

    private static final JsonNode TRANSCRIPT = Refchain.json("rpc.json");
    /** Whose bodies are cut in the recording. */
    private static final Set<String> CUT = Set.of("deep", "big");
    private static final String TRAP = "Execution aborted due to trap: ";

    private static final Map<String, String> DIFFERENCES = new HashMap<>(Map.of(
            "system_name", "names the node itself",
            "system_version", "names the node itself",
            "system_localPeerId", "names the node itself",
            "system_unstable_networkState", "names the node itself; free-form",
            "system_localListenAddresses", "names the node itself",
            "grandpa_roundState", "the round is the one at which the recording node was restarted",
            "state_getMetadata", "documentation is in our own words; the types are compared in the runtime's tests",
            "system_addLogFilter", "the filter can always be changed here; the stock node must be started for it",
            "system_resetLogFilter", "as system_addLogFilter"));

    @TempDir
    private static Path folder;
    private static Node node;
    private static HttpClient http;
    private static WebSocketClient client;

    @BeforeAll
    static void start() throws Exception {
        node = RecordedNode.start(folder, RpcLimits.STOCK, RpcAccess.STOCK);
        http = HttpClient.newHttpClient();
        client = new WebSocketClient(http, node.rpcPort());
    }

    @AfterAll
    static void stop() {
        client.close();
        http.close();
        node.close();
    }

    /** In the order of the recording: what is submitted shows in later answers. */
    @TestFactory
    Stream<DynamicTest> answersAsTheStockNode() {
        return Stream.of(calls(), http(), subscriptions()).flatMap(tests -> tests);
    }

    private static Stream<JsonNode> recorded(String part) {
        return StreamSupport.stream(TRANSCRIPT.get(part).spliterator(), false);
    }

    private static Stream<DynamicTest> calls() {
        return recorded("calls")
                .filter(call -> !call.path("note").asText().equals("too long for a block")) // Its bytes are not recorded.
                .map(call -> DynamicTest.dynamicTest(call.get("id").asText() + " " + call.get("method").asText(),
                        () -> replay(call)));
    }

    private static void replay(JsonNode call) throws Exception {
        String method = call.get("method").asText();
        JsonNode answer = client.answer(method, call.get("params"));
        if (DIFFERENCES.containsKey(method)) {
            assertTrue(answer.has("result") || answer.has("error"), answer.toString());
        } else if (method.equals("rpc_methods")) {
            assertTrue(texts(answer.at("/result/methods")).containsAll(texts(call.at("/result/methods"))));
        } else if (method.equals("archive_v1_storage")) {
            assertEquals(notifications(call.get("result").asText()),
                    following(client, answer.get("result").asText(),
                            notifications(call.get("result").asText()).size()));
        } else if (call.path("error").toString().contains(TRAP)) {
            assertTrap(call.get("error"), answer.path("error"));
        } else if (call.at("/result").has("proof")) {
            assertEquals(call.at("/result/at"), answer.at("/result/at"));
            assertEquals(texts(call.at("/result/proof")), texts(answer.at("/result/proof")));
        } else {
            assertEquals(call.get("result"), answer.get("result"), answer.toString());
            assertEquals(call.get("error"), answer.get("error"));
        }
    }

    /** Up to where the text tells of the inside of a Wasm engine. */
    private static void assertTrap(JsonNode expected, JsonNode actual) {
        assertEquals(expected.get("code"), actual.get("code"), actual.toString());
        for (String member : List.of("message", "data")) {
            String text = expected.path(member).asText();
            int end = text.indexOf(TRAP);
            String start = end < 0 ? text : text.substring(0, end + TRAP.length());
            assertTrue(actual.path(member).asText().startsWith(start), actual::toString);
        }
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> all = new TreeSet<>();
        list.forEach(item -> all.add(item.asText()));
        return all;
    }

    /** What was recorded of a subscription: the items' method and content. */
    private static List<List<JsonNode>> notifications(String subscription) {
        List<List<JsonNode>> all = new ArrayList<>();
        for (JsonNode item : TRANSCRIPT.get("notifications")) {
            if (item.at("/params/subscription").asText().equals(subscription)) {
                all.add(List.of(item.get("method"), item.at("/params/result")));
            }
        }
        return all;
    }

    private static List<List<JsonNode>> following(WebSocketClient from, String subscription, int count)
            throws Exception {
        List<List<JsonNode>> all = new ArrayList<>();
        while (all.size() < count) {
            JsonNode item = from.next(subscription);
            all.add(List.of(item.get("method"), item.at("/params/result")));
        }
        return all;
    }

    private static Stream<DynamicTest> http() {
        return recorded("http").filter(exchange -> !CUT.contains(exchange.get("name").asText()))
                .map(exchange -> DynamicTest.dynamicTest("HTTP " + exchange.get("name").asText(),
                        () -> exchange(exchange)));
    }

    private static void exchange(JsonNode exchange) throws Exception {
        JsonNode request = exchange.get("request");
        Map<String, String> headers = new TreeMap<>();
        headers.put("host", "127.0.0.1:" + node.rpcPort());
        if (!request.has("headers")) {
            headers.put("content-type", "application/json");
        }
        request.path("headers").properties()
                .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        PlainHttp.Answer answer = PlainHttp.ask(node.rpcPort(),
                request.path("method").asText("POST") + " " + request.path("path").asText("/"), headers,
                request.get("body").asText());
        JsonNode expected = exchange.get("response");
        assertEquals(expected.get("body").asText(), answer.body());
        assertEquals(expected.get("status").asInt(), answer.status());
        Map<String, String> expectedHeaders = new TreeMap<>();
        expected.get("headers").properties()
                .forEach(header -> expectedHeaders.put(header.getKey(), header.getValue().asText()));
        assertEquals(expectedHeaders, answer.headers());
    }

    private static Stream<DynamicTest> subscriptions() {
        return recorded("subscriptions")
                .map(subscription -> DynamicTest.dynamicTest(subscription.get("method").asText(),
                        () -> subscribe(subscription)));
    }

    private static void subscribe(JsonNode subscription) throws Exception {
        try (WebSocketClient own = new WebSocketClient(http, node.rpcPort())) {
            JsonNode answer = own.answer(subscription.get("method").asText(), subscription.get("params"));
            List<List<JsonNode>> expected = notifications(subscription.at("/answer/result").asText());
            assertEquals(expected, following(own, answer.path("result").asText(), expected.size()));
        }
    }
}
