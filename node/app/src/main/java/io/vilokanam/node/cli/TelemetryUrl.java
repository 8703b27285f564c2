package io.vilokanam.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import io.vilokanam.node.telemetry.TelemetryEndpoint;

/** Reads {@code 'wss://host/submit 0'}. */
final class TelemetryUrl implements ITypeConverter<TelemetryEndpoint> {

    @Override
    public TelemetryEndpoint convert(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new TypeConversionException("Verbosity level missing");
        }
        String level = text.substring(space + 1).strip();
        if (!level.matches("[0-9]{1,9}")) {
            throw new TypeConversionException("invalid digit found in string");
        }
        Optional<TelemetryEndpoint> endpoint = TelemetryEndpoint.of(text.substring(0, space), Integer.parseInt(level));
        return endpoint.orElseThrow(() -> new TypeConversionException(
                "expected a ws:// or wss:// URL or a multiaddress, and a verbosity from 0 to 9"));
    }

    /** The servers that a chain spec names, as pairs of address and verbosity. */
    static List<TelemetryEndpoint> ofSpec(JsonNode endpoints) throws UsageException {
        List<TelemetryEndpoint> all = new ArrayList<>();
        for (JsonNode pair : endpoints) {
            all.add(TelemetryEndpoint.of(pair.path(0).asText(), pair.path(1).asInt(-1)).orElseThrow(
                    () -> new UsageException("the chain spec's telemetryEndpoints hold " + pair
                            + ", expected an address and a verbosity from 0 to 9")));
        }
        return all;
    }
}
