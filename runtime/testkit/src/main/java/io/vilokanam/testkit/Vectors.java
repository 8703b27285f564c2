package io.vilokanam.testkit;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DynamicNode;
import org.opentest4j.AssertionFailedError;

/**
 * One family of conformance vectors: {@code {family, groups: {name: [case, ...]}}}. The files are read from the
 * repository's copy, or from the folder in the system property {@code vilokanam.vectors}.
 */
public final class Vectors {

    /** What a test does with one case; throws when the case does not hold. */
    @FunctionalInterface
    public interface Check {
        void accept(JsonNode vector) throws Throwable;
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;

    private Vectors(JsonNode root) {
        this.root = root;
    }

    /** Reads {@code family.json} of the vectors folder. */
    public static Vectors family(String family) {
        try {
            return new Vectors(JSON.readTree(Source.VECTORS.read(family + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The bytes of a file beside the vectors, unpacked where it is gzip; {@code name} with or without {@code .gz}. A folder
     * that was given need not hold the file: then it is the repository's.
     */
    public static byte[] file(String name) {
        return Source.VECTORS.readOrOwn(name);
    }

    /**
     * One test a case, one container a group. Every group of the family must have a check, and every check a group that
     * is not empty: an unknown group fails the family. Only a folder that was given may lack groups.
     */
    public Stream<DynamicNode> tests(Map<String, Check> checks) {
        return tests(checks, Set.of());
    }

    /** The same for a family that several tests share: the groups {@code elsewhere} are another test's. */
    public Stream<DynamicNode> tests(Map<String, Check> checks, Set<String> elsewhere) {
        List<DynamicNode> nodes = new ArrayList<>();
        root.get("groups").properties().stream().filter(group -> !elsewhere.contains(group.getKey()))
                .forEach(group -> nodes.add(container(group.getKey(), group.getValue(), checks)));
        if (Source.VECTORS.isOwn()) {
            Stream.concat(checks.keySet().stream(), elsewhere.stream()).filter(name -> !root.get("groups").has(name))
                    .forEach(name -> nodes.add(failing(name, "the family has no group of this name")));
        }
        return nodes.stream();
    }

    private static DynamicNode container(String group, JsonNode cases, Map<String, Check> checks) {
        Check check = checks.get(group);
        if (check == null) {
            return failing(group, "no test knows this group");
        }
        if (cases.isEmpty()) {
            return failing(group, "the group holds no case");
        }
        return dynamicContainer(group,
                cases.valueStream().map(vector -> dynamicTest(name(vector), () -> check.accept(vector))));
    }

    /** The cases of one group, for a test that needs them beside its own. */
    public JsonNode group(String name) {
        return root.get("groups").required(name);
    }

    /** Cases have an id; those of whole files are named after the file. */
    private static String name(JsonNode vector) {
        return vector.has("id") ? vector.get("id").asText() : vector.get("name").asText();
    }

    private static DynamicNode failing(String group, String why) {
        return dynamicTest(group, () -> {
            throw new AssertionFailedError("group " + group + ": " + why);
        });
    }

    /** The bytes behind a {@code 0x} hex string. */
    public static byte[] bytes(JsonNode hex) {
        return Hex.decode(hex.asText());
    }
}
