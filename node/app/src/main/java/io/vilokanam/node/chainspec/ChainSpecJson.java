package io.vilokanam.node.chainspec;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.scale.Bytes;

/** Chain specifications as JSON, in the form of {@code build-spec} of stock nodes, raw and plain. */
public final class ChainSpecJson {

    /** A runtime of 50 MiB in hex fits. */
    private static final int STRING_LENGTH_MAX = 128 << 20;

    private static final ObjectMapper JSON = mapper();

    private ChainSpecJson() {}

    private static ObjectMapper mapper() {
        // Storage keys come once each: a table of names seen before would only grow.
        JsonMapper mapper = JsonMapper
                .builder(JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build())
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder().maxStringLength(STRING_LENGTH_MAX).build());
        return mapper;
    }

    /** Reads a specification. */
    public static ChainSpec read(InputStream in) throws ChainSpecException {
        JsonNode json;
        try {
            json = JSON.readTree(in);
        } catch (IOException e) {
            throw new ChainSpecException("the chain spec is not JSON: " + e.getMessage(), e);
        }
        List<String> bootNodes = new ArrayList<>();
        json.path("bootNodes").forEach(address -> bootNodes.add(address.asText()));
        return new ChainSpec(text(json, "name"), text(json, "id"),
                json.has("chainType") ? ChainType.of(json.get("chainType")) : new ChainType.Live(), bootNodes,
                json.path("telemetryEndpoints"), json.path("protocolId"), object(json.path("properties")),
                object(json.path("codeSubstitutes")), genesis(json.path("genesis")));
    }

    private static String text(JsonNode json, String field) throws ChainSpecException {
        if (!json.path(field).isTextual()) {
            throw new ChainSpecException("the chain spec's field " + field + " is " + json.path(field)
                    + ", expected text");
        }
        return json.get(field).asText();
    }

    private static ObjectNode object(JsonNode json) {
        return json instanceof ObjectNode object ? object : JSON.createObjectNode();
    }

    private static Genesis genesis(JsonNode json) throws ChainSpecException {
        if (json.path("raw").isObject()) {
            SortedMap<Bytes, SortedMap<Bytes, Bytes>> children = new TreeMap<>();
            for (var child : json.get("raw").path("childrenDefault").properties()) {
                children.put(hex(child.getKey()), entries(child.getValue()));
            }
            return new Genesis.Raw(entries(json.get("raw").path("top")), children);
        }
        JsonNode runtime = json.path("runtimeGenesis");
        if (runtime.isObject()) {
            boolean isPatch = runtime.has("patch");
            return new Genesis.ByRuntime(hex(text(runtime, "code")), object(runtime.path(isPatch ? "patch" : "config")),
                    isPatch);
        }
        throw new ChainSpecException("the chain spec's genesis holds neither raw nor runtimeGenesis");
    }

    private static SortedMap<Bytes, Bytes> entries(JsonNode json) throws ChainSpecException {
        SortedMap<Bytes, Bytes> entries = new TreeMap<>();
        for (var entry : json.properties()) {
            entries.put(hex(entry.getKey()), hex(entry.getValue().asText()));
        }
        return entries;
    }

    private static Bytes hex(String text) throws ChainSpecException {
        try {
            return Bytes.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw new ChainSpecException("the chain spec's genesis holds no hex: " + e.getMessage(), e);
        }
    }

    /** Writes a specification, two spaces a level. */
    public static String write(ChainSpec spec) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", spec.name());
        json.put("id", spec.id());
        json.set("chainType", spec.chainType().json());
        var bootNodes = json.putArray("bootNodes");
        spec.bootNodes().forEach(bootNodes::add);
        json.set("telemetryEndpoints", orNull(spec.telemetryEndpoints()));
        json.set("protocolId", orNull(spec.protocolId()));
        json.set("properties", spec.properties());
        json.set("codeSubstitutes", spec.codeSubstitutes());
        write(spec.genesis(), json.putObject("genesis"));
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER).withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        try {
            return JSON.writer(printer).writeValueAsString(json);
        } catch (IOException e) {
            throw new IllegalStateException("a tree in memory is always written", e);
        }
    }

    private static JsonNode orNull(JsonNode json) {
        return json.isMissingNode() ? JSON.nullNode() : json;
    }

    private static void write(Genesis genesis, ObjectNode json) {
        switch (genesis) {
            case Genesis.Raw(var top, var children) -> {
                ObjectNode raw = json.putObject("raw");
                write(top, raw.putObject("top"));
                ObjectNode all = raw.putObject("childrenDefault");
                children.forEach((name, entries) -> write(entries, all.putObject(name.hex())));
            }
            case Genesis.ByRuntime(var code, var config, var isPatch) -> {
                ObjectNode runtime = json.putObject("runtimeGenesis");
                runtime.put("code", code.hex());
                runtime.set(isPatch ? "patch" : "config", config);
            }
        }
    }

    private static void write(SortedMap<Bytes, Bytes> entries, ObjectNode json) {
        entries.forEach((key, value) -> json.put(key.hex(), value.hex()));
    }
}
