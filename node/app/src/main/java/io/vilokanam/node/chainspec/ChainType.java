package io.vilokanam.node.chainspec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What a chain is for; clients show it. */
public sealed interface ChainType {

    record Development() implements ChainType {}

    record Local() implements ChainType {}

    record Live() implements ChainType {}

    record Custom(String name) implements ChainType {}

    /** A string, or <code>{"Custom": name}</code>. */
    default JsonNode json() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (this) {
            case Development() -> nodes.textNode("Development");
            case Local() -> nodes.textNode("Local");
            case Live() -> nodes.textNode("Live");
            case Custom(String name) -> nodes.objectNode().put("Custom", name);
        };
    }

    static ChainType of(JsonNode json) throws ChainSpecException {
        if (json.isObject() && json.path("Custom").isTextual()) {
            return new Custom(json.get("Custom").asText());
        }
        return switch (json.asText("")) {
            case "Development" -> new Development();
            case "Local" -> new Local();
            case "Live" -> new Live();
            default -> throw new ChainSpecException(
                    "chainType is " + json + ", expected Development, Local, Live or {\"Custom\": name}");
        };
    }
}
