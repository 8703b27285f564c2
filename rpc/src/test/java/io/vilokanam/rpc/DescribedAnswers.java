package io.vilokanam.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.vilokanam.rpc.method.MethodRegistry;

/** What the OpenRPC description of some methods says of their answers; knows as much of JSON Schema as is used in it. */
public final class DescribedAnswers {

    private static final JsonNode UNSUBSCRIBED = JsonNodeFactory.instance.objectNode().put("type", "boolean");

    private final Map<String, JsonNode> results = new HashMap<>();
    private final Map<String, JsonNode> items = new HashMap<>();

    public DescribedAnswers(MethodRegistry registry) {
        registry.description().get("methods").forEach(method -> {
            JsonNode schema = method.at("/result/schema");
            results.put(method.get("name").asText(), schema);
            method.path("x-aliases").forEach(alias -> results.put(alias.asText(), schema));
            method.path("x-unsubscribe").forEach(name -> results.put(name.asText(), UNSUBSCRIBED));
            if (method.has("x-notification")) {
                items.put(method.get("x-notification").asText(), method.get("x-notification-schema"));
            }
        });
    }

    public boolean describes(String method) {
        return results.containsKey(method);
    }

    /** Fails if an answer of a method is not as described; errors are not described. */
    public void checkAnswer(String method, JsonNode answer) {
        if (answer.has("result")) {
            assertEquals(Optional.empty(), fault(method, answer.get("result"), results.get(method)));
        }
    }

    /** Fails if a notification is not as described. */
    public void checkNotification(JsonNode notification) {
        String name = notification.get("method").asText();
        assertEquals(Optional.empty(), fault(name, notification.at("/params/result"), items.get(name)));
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
