package io.vilokanam.rpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Set;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import io.vilokanam.testkit.SeededTest;

/** Whatever the parameters are, a method answers, and never by an error of its own making. */
class MethodsFuzzTest {

    /** Which a node without these abilities answers by an internal error, as a stock node does. */
    private static final Set<String> INTERNAL = Set.of("system_addLogFilter", "system_resetLogFilter");
    private static final String[] VALUES = {"null", "true", "0", "-1", "1", "7", "1001", "4294967296", "1e3", "0.5",
            "123456789012345678901234567890", "\"\"", "\"0x\"", "\"0x0\"", "\"0x12\"", "\"0xzz\"", "\"aura\"",
            "\"PERSISTENT\"",
            "\"//Alice\"", "\"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY\"",
            "\"0x9999999999999999999999999999999999999999999999999999999999999999\"",
            "\"0x3073129e990bd529da13e45e312db84916601e17682acce4776e80676f4b169b\"",
            "\"0x3a6368696c645f73746f726167653a64656661756c743a01\"",
            "\"0x0c010203\"", "\"Core_version\"", "\"\\u0000\\ud83d\\ude00\"", "[]", "[0]", "[\"0x12\",null]", "[[]]",
            "{}",
            "{\"hash\":\"0x12\"}", "{\"extrinsic\":\"0x0c010203\"}",
            "[{\"key\":\"0x\",\"type\":\"descendantsHashes\"}]",
            "[{\"key\":\"0x\",\"type\":\"hash\",\"paginationStartKey\":\"0x01\"}]",
            "[{\"key\":\"0x26\",\"returnType\":\"hash\"}]"};

    private static NodeUnderTest under;
    private static JsonNode names;

    @BeforeAll
    static void start() throws Exception {
        under = new NodeUnderTest();
        try (var client = under.connect()) {
            names = client.call("rpc_methods", "[]").get("methods");
        }
    }

    @AfterAll
    static void stop() {
        under.close();
    }

    @SeededTest(runs = 20)
    void anyParametersAreAnswered(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        try (var client = under.connect()) {
            for (int i = 0; i < 300; i++) {
                String method = names.get(random.nextInt(names.size())).asText();
                String params = params(random);
                JsonNode answer = client.answer(method, params);
                assertTrue(answer.has("result") || answer.has("error"), answer.toString());
                boolean isInternal = answer.at("/error/code").asInt() == -32603 && !INTERNAL.contains(method);
                assertFalse(isInternal, method + params + ": " + answer);
            }
        }
    }

    private static String params(SplittableRandom random) {
        boolean isByName = random.nextInt(8) == 0;
        String[] memberNames = {"hash", "key", "keys", "at", "prefix", "count", "extrinsic", "account", "items"};
        var params = new StringBuilder(isByName ? "{" : "[");
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            params.append(i == 0 ? "" : ",");
            if (isByName) {
                params.append('"').append(memberNames[random.nextInt(memberNames.length)]).append("\":");
            }
            params.append(VALUES[random.nextInt(VALUES.length)]);
        }
        return params.append(isByName ? "}" : "]").toString();
    }
}
