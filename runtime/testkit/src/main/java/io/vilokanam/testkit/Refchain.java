package io.vilokanam.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Assumptions;

/**
 * What a stock Substrate node recorded for a chain of our parameters. The files are read from the repository's copy, or
 * from the folder in the system property {@code vilokanam.refchain}.
 */
public final class Refchain {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Refchain() {}

    /** A recorded file, unpacked where it is gzip; {@code name} without {@code .gz}. */
    public static byte[] file(String name) {
        return Source.REFCHAIN.read(name);
    }

    public static JsonNode json(String name) {
        try {
            return JSON.readTree(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The stock node that the environment variable {@code REFCHAIN_NODE} names. Skips the calling test, with a line that
     * says so, where the variable is not set; fails it where the variable names nothing that can be run.
     */
    public static Path stockNode() {
        String path = Optional.ofNullable(System.getenv("REFCHAIN_NODE")).orElse("");
        Assumptions.assumeFalse(path.isEmpty(), "REFCHAIN_NODE does not name a stock node: skipped");
        Path node = Path.of(path);
        if (!Files.isExecutable(node)) {
            throw new IllegalStateException("REFCHAIN_NODE=" + path + " is not an executable file");
        }
        return node;
    }
}
