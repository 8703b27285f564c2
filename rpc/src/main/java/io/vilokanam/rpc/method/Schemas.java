package io.vilokanam.rpc.method;

import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON Schemas of what parameters are made of. */
public final class Schemas {

    public static final String BYTES = """
            {"title":"bytes","type":"string","pattern":"^(0x)?[0-9a-fA-F]*$"}""";
    public static final String HASH = """
            {"title":"hash","type":"string","pattern":"^(0x)?[0-9a-fA-F]{64}$"}""";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Schemas() {}

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a schema of our own is JSON", e);
        }
    }
}
