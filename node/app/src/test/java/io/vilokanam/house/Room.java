package io.vilokanam.house;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The modules, from the floor upwards (DESIGN, "The house"). A room may lean on rooms that stand above it in this list and are
 * named with it, so there can be no circle.
 */
enum Room {

    SCALE("runtime/scale", "scale", Set.of()), CRYPTO("runtime/crypto", "crypto", Set.of("bcprov-jdk18on")), TRIE(
            "runtime/trie", "trie", Set.of(), CRYPTO), PRIMITIVES("runtime/primitives", "primitives", Set.of(),
                    SCALE), API("runtime/api", "api", Set.of(), PRIMITIVES, SCALE), HOST("runtime/host", "host",
                            Set.of("zstd-jni"), API, CRYPTO, TRIE, PRIMITIVES, SCALE), FRAME("runtime/frame", "frame",
                                    Set.of(), API, PRIMITIVES,
                                    SCALE), PALLETS("pallets", "pallets", Set.of(), FRAME, API, PRIMITIVES, SCALE),
    /** The only one that names pallets together. */
    RUNTIME("runtime/vilokanam", "runtime", Set.of(), PALLETS, FRAME, API, PRIMITIVES, SCALE), CONSENSUS("consensus",
            "consensus", Set.of(), CRYPTO, PRIMITIVES,
            SCALE), OFFCHAIN("offchain", "offchain", Set.of("slf4j-api"), API, CRYPTO, PRIMITIVES, SCALE), RPC("rpc",
                    "rpc", Set.of("netty-codec-http", "netty-handler", "jackson-databind", "slf4j-api"), API, CRYPTO,
                    TRIE,
                    PRIMITIVES, SCALE),
    /** Knows no pallet and nothing of the framework: what it wants of a runtime it asks through the runtime's entry points. */
    NODE("node/app", "node",
            Set.of("jackson-databind", "jackson-dataformat-toml", "picocli", "micrometer-core", "rocksdbjni",
                    "logback-classic", "netty-codec-http", "netty-handler"),
            RPC, OFFCHAIN, CONSENSUS, HOST, RUNTIME, API,
            CRYPTO, TRIE, PRIMITIVES, SCALE),
    /** Measures calls of pallets, and simulates worlds around them. */
    BENCHMARKS("node/benchmarks", "benchmarks", Set.of("jmh-core"), NODE, HOST, RUNTIME, PALLETS, FRAME, RPC, OFFCHAIN,
            CONSENSUS, API, CRYPTO, TRIE, PRIMITIVES, SCALE),
    /** Equipment of tests; nothing that is no test depends on it. */
    TESTKIT("runtime/testkit", "testkit", Set.of("jackson-databind", "junit-jupiter"));

    private static final String ROOT_PACKAGE = "io.vilokanam.";

    private final String folder;
    private final String packageWord;
    private final Set<String> libraries;
    private final List<Room> below;

    Room(String folder, String packageWord, Set<String> libraries, Room... below) {
        this.folder = folder;
        this.packageWord = packageWord;
        this.libraries = libraries;
        this.below = List.of(below);
    }

    String folder() {
        return folder;
    }

    String packageName() {
        return ROOT_PACKAGE + packageWord;
    }

    /** The artifacts of others that its code may use. */
    Set<String> libraries() {
        return libraries;
    }

    boolean mayUse(Room other) {
        return other == this || below.contains(other);
    }

    /** The rooms whose code is a pure function: no clock, thread, file, socket or random. */
    static Set<Room> floor() {
        Set<Room> floor = EnumSet.copyOf(insideTheRuntime());
        floor.addAll(List.of(CRYPTO, TRIE, HOST, CONSENSUS));
        return floor;
    }

    /** The rooms whose code runs inside the runtime and so has to compile to WebAssembly one day. */
    static Set<Room> insideTheRuntime() {
        return EnumSet.of(SCALE, PRIMITIVES, API, FRAME, PALLETS, RUNTIME);
    }

    static Optional<Room> inFolder(String folder) {
        return Arrays.stream(values()).filter(room -> room.folder.equals(folder)).findFirst();
    }

    /** The room that a package, class or member belongs to by its full name; none for other people's. */
    static Optional<Room> ofName(String fullName) {
        return Arrays.stream(values()).filter(room -> (fullName + ".").startsWith(room.packageName() + "."))
                .findFirst();
    }

    static Set<String> folders() {
        return Arrays.stream(values()).map(Room::folder).collect(Collectors.toSet());
    }
}
