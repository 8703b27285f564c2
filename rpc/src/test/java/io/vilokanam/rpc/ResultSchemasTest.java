package io.vilokanam.rpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

import io.vilokanam.rpc.method.MethodRegistry;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Refchain;

/** What the description of the methods says of their answers, against what a stock node answered. */
class ResultSchemasTest {

    private static final JsonNode TRANSCRIPT = Refchain.json("rpc.json");
    private static MethodRegistry registry;
    private static DescribedAnswers described;

    @BeforeAll
    static void describe() throws ScaleException {
        registry = NodeUnderTest.registry();
        described = new DescribedAnswers(registry);
    }

    @TestFactory
    Stream<DynamicTest> theAnswersOfAStockNodeAreAsDescribed() {
        return StreamSupport.stream(TRANSCRIPT.get("calls").spliterator(), false)
                .filter(call -> described.describes(call.get("method").asText()))
                .map(call -> DynamicTest.dynamicTest(call.get("id").asText() + " " + call.get("method").asText(),
                        () -> described.checkAnswer(call.get("method").asText(), call)));
    }

    @TestFactory
    Stream<DynamicTest> theNotificationsOfAStockNodeAreAsDescribed() {
        return StreamSupport.stream(TRANSCRIPT.get("notifications").spliterator(), false)
                .map(notification -> DynamicTest.dynamicTest(notification.get("method").asText(),
                        () -> described.checkNotification(notification)));
    }

    @Test
    void everyMethodSaysWhatItAnswers() {
        for (JsonNode method : registry.description().get("methods")) {
            assertFalse(method.at("/result/schema").isEmpty(), method.toString());
            assertFalse(method.has("x-notification") && method.get("x-notification-schema").isEmpty(),
                    method.toString());
        }
    }

    @Test
    void membersThatAreNotDescribedAreFaults() throws Exception {
        JsonNode answer = Connection.json("{'result':{'peers':0,'isSyncing':false,'shouldHavePeers':false,'more':1}}");
        assertThrows(AssertionFailedError.class, () -> described.checkAnswer("system_health", answer));
    }
}
