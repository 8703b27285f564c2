package io.vilokanam.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Refchain;

/** What the description of the methods says of their answers, against what a stock node answered. */
class ResultSchemasTest {

    private static final JsonNode TRANSCRIPT = Refchain.json("rpc.json");
    private static JsonNode methods;

    @BeforeAll
    static void describe() throws ScaleException {
        methods = NodeUnderTest.registry().description().get("methods");
    }

    @TestFactory
    Stream<DynamicTest> theAnswersOfAStockNodeAreAsDescribed() {
        Map<String, JsonNode> schemas = new HashMap<>();
        methods.forEach(method -> {
            JsonNode schema = method.at("/result/schema");
            schemas.put(method.get("name").asText(), schema);
            method.path("x-aliases").forEach(alias -> schemas.put(alias.asText(), schema));
        });
        return StreamSupport.stream(TRANSCRIPT.get("calls").spliterator(), false).filter(call -> call.has("result"))
                .filter(call -> schemas.containsKey(call.get("method").asText()))
                .map(call -> DynamicTest.dynamicTest(call.get("id").asText() + " " + call.get("method").asText(),
                        () -> assertEquals(Optional.empty(),
                                fault("result", call.get("result"), schemas.get(call.get("method").asText())))));
    }

    @Test
    void theNotificationsOfAStockNodeAreAsDescribed() {
        Map<String, JsonNode> schemas = new HashMap<>();
        methods.forEach(method -> {
            if (method.has("x-notification")) {
                schemas.put(method.get("x-notification").asText(), method.get("x-notification-schema"));
            }
        });
        int seen = 0;
        for (JsonNode notification : TRANSCRIPT.get("notifications")) {
            JsonNode schema = schemas.get(notification.get("method").asText());
            if (schema != null) {
                assertEquals(Optional.empty(), fault(notification.get("method").asText(),
                        notification.at("/params/result"), schema));
                seen++;
            }
        }
        assertTrue(seen > 0);
    }

    @Test
    void everyMethodSaysWhatItAnswers() {
        for (JsonNode method : methods) {
            assertFalse(method.at("/result/schema").isEmpty(), method.toString());
            assertFalse(method.has("x-notification") && method.get("x-notification-schema").isEmpty(),
                    method.toString());
        }
    }

    /** What of a value is not as a schema says, or not mentioned in it. Knows as much of JSON Schema as is used. */
    private static Optional<String> fault(String place, JsonNode value, JsonNode schema) {
        if (schema.has("oneOf")) {
            List<String> faults = new ArrayList<>();
            for (JsonNode one : schema.get("oneOf")) {
                fault(place, value, one).ifPresent(faults::add);
            }
            int fitting = schema.get("oneOf").size() - faults.size();
            return fitting == 1 ? Optional.empty() : Optional.of(place + " fits " + fitting + " of " + faults);
        }
        if (schema.has("const")) {
            return check(place, value, schema.get("const").equals(value), schema);
        }
        return switch (schema.path("type").asText()) {
            case "" -> Optional.empty();
            case "null" -> check(place, value, value.isNull(), schema);
            case "boolean" -> check(place, value, value.isBoolean(), schema);
            case "integer" -> check(place, value, value.isIntegralNumber() && value.bigIntegerValue().signum() >= 0,
                    schema);
            case "string" -> check(place, value,
                    value.isTextual() && value.asText().matches(schema.path("pattern").asText("(?s).*")), schema);
            case "array" -> list(place, value, schema);
            case "object" -> object(place, value, schema);
            default -> Optional.of(place + ": no such type in " + schema);
        };
    }

    private static Optional<String> check(String place, JsonNode value, boolean isRight, JsonNode schema) {
        return isRight ? Optional.empty() : Optional.of(place + ": " + value + " is not " + schema);
    }

    private static Optional<String> list(String place, JsonNode value, JsonNode schema) {
        JsonNode tuple = schema.path("prefixItems");
        if (!value.isArray() || !tuple.isMissingNode() && tuple.size() != value.size()) {
            return check(place, value, false, schema);
        }
        for (int i = 0; i < value.size(); i++) {
            Optional<String> fault = fault(place + "[" + i + "]", value.get(i),
                    tuple.isMissingNode() ? schema.get("items") : tuple.get(i));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> object(String place, JsonNode value, JsonNode schema) {
        if (!value.isObject()) {
            return check(place, value, false, schema);
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            required.remove(member.getKey());
            JsonNode described = schema.path("properties").path(member.getKey());
            JsonNode type = described.isMissingNode() ? schema.path("additionalProperties") : described;
            if (type.isMissingNode()) {
                return Optional.of(place + "." + member.getKey() + " is not mentioned");
            }
            Optional<String> fault = fault(place + "." + member.getKey(), member.getValue(), type);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return required.isEmpty() ? Optional.empty() : Optional.of(place + " lacks " + required);
    }
}
