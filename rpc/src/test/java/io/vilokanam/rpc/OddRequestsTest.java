package io.vilokanam.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.rpc.server.RawClient;

/**
 * Requests that are wrong in one way each, and how a stock node (polkadot-sdk stable2503) refused them: recorded by sending
 * parameters of all wrong types to all its methods, and envelopes of all wrong shapes, one request for each different answer.
 */
class OddRequestsTest {

    private static NodeUnderTest under;
    private static RawClient client;

    @BeforeAll
    static void start() throws Exception {
        under = new NodeUnderTest();
        client = RawClient.webSocket(under.port());
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        under.close();
    }

    @TestFactory
    Stream<DynamicTest> areRefusedInTheStockNodesWords() throws IOException {
        try (InputStream recorded = OddRequestsTest.class.getResourceAsStream("/odd-requests.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(recorded).spliterator(), false).map(
                    odd -> DynamicTest.dynamicTest(odd.get("request").asText(), () -> send(odd)));
        }
    }

    private static void send(JsonNode odd) throws IOException {
        client.sendText(odd.get("request").asText());
        assertEquals(odd.get("answer").asText(), client.readText());
    }
}
