package io.vilokanam.rpc.method;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas of what methods answer, written short: {@code hash}, {@code [hex]}, {@code (hex,hex?)}, {@code {a:u32,b?:text}},
 * {@code {*:any}}, {@code 'ready'|{inBlock:hash}}. A question mark behind a type lets null stand for it, one behind a member's
 * name says that it may be missing; round brackets are lists of just these items.
 */
final class ResultSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String text;
    private int at;

    private ResultSchema(String text) {
        this.text = text;
    }

    /**
     * Reads the short form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static JsonNode of(String text) {
        ResultSchema reader = new ResultSchema(text);
        JsonNode schema = reader.alternatives();
        if (reader.at < text.length()) {
            throw reader.unexpected();
        }
        return schema;
    }

    private JsonNode alternatives() {
        JsonNode first = one();
        if (!isNext('|')) {
            return first;
        }
        ObjectNode all = JSON.objectNode();
        ArrayNode list = all.putArray("oneOf").add(first);
        while (isNext('|')) {
            at++;
            list.add(one());
        }
        return all;
    }

    private JsonNode one() {
        JsonNode schema = switch (peek()) {
            case '[' -> list();
            case '(' -> tuple();
            case '{' -> object();
            case '\'' -> JSON.objectNode().put("const", literal());
            default -> named(word());
        };
        if (!isNext('?')) {
            return schema;
        }
        at++;
        ObjectNode nullable = JSON.objectNode();
        nullable.putArray("oneOf").add(schema).addObject().put("type", "null");
        return nullable;
    }

    private JsonNode list() {
        expect('[');
        ObjectNode schema = JSON.objectNode().put("type", "array");
        schema.set("items", alternatives());
        expect(']');
        return schema;
    }

    private JsonNode tuple() {
        expect('(');
        ObjectNode schema = JSON.objectNode().put("type", "array");
        ArrayNode items = schema.putArray("prefixItems").add(alternatives());
        while (isNext(',')) {
            at++;
            items.add(alternatives());
        }
        expect(')');
        return schema.put("minItems", items.size()).put("maxItems", items.size());
    }

    private JsonNode object() {
        expect('{');
        ObjectNode schema = JSON.objectNode().put("type", "object");
        if (isNext('*')) {
            at++;
            expect(':');
            schema.set("additionalProperties", alternatives());
            expect('}');
            return schema;
        }
        ObjectNode members = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        while (!isNext('}')) {
            String name = word();
            if (isNext('?')) {
                at++;
            } else {
                required.add(name);
            }
            expect(':');
            members.set(name, alternatives());
            if (!isNext('}')) {
                expect(',');
            }
        }
        at++;
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private JsonNode named(String name) {
        return switch (name) {
            case "any" -> JSON.objectNode();
            case "null" -> JSON.objectNode().put("type", "null");
            case "bool" -> JSON.objectNode().put("type", "boolean");
            case "true" -> JSON.objectNode().put("const", true);
            case "false" -> JSON.objectNode().put("const", false);
            case "text" -> JSON.objectNode().put("type", "string");
            case "number" -> JSON.objectNode().put("type", "integer").put("minimum", 0);
            case "hex" -> pattern("bytes", "^0x([0-9a-f]{2})*$");
            case "hash" -> pattern("hash", "^0x[0-9a-f]{64}$");
            case "quantity" -> pattern("number in hex", "^0x(0|[1-9a-f][0-9a-f]*)$");
            case "decimal" -> pattern("number in decimal digits", "^(0|[1-9][0-9]*)$");
            case "address" -> pattern("SS58 address", "^[1-9A-HJ-NP-Za-km-z]+$");
            default -> throw new IllegalArgumentException("no type " + name + " in the schema " + text);
        };
    }

    private static JsonNode pattern(String title, String pattern) {
        return JSON.objectNode().put("title", title).put("type", "string").put("pattern", pattern);
    }

    private String literal() {
        expect('\'');
        int start = at;
        while (peek() != '\'') {
            at++;
        }
        return text.substring(start, at++);
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (at == start) {
            throw unexpected();
        }
        return text.substring(start, at);
    }

    private char peek() {
        if (at == text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private boolean isNext(char expected) {
        return at < text.length() && text.charAt(at) == expected;
    }

    private void expect(char expected) {
        if (!isNext(expected)) {
            throw unexpected();
        }
        at++;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("the schema " + text + " is wrong at " + at);
    }
}
