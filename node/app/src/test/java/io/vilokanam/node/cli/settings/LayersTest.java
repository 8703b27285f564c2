package io.vilokanam.node.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

final class LayersTest {

    @TempDir
    private Path folder;

    @Command(name = "node")
    private static final class Node {
        @Option(names = "--rpc-port", description = "Default: 9944.")
        private int port;
        @Option(names = {"-d", "--base-path"})
        private String base;
        @Option(names = "--tmp")
        private boolean tmp;
        @Option(names = "--validator")
        private boolean validator;
        @Option(names = "--bootnodes", arity = "1..*")
        private List<String> bootnodes = new ArrayList<>();
        @Option(names = {"-l", "--log"}, arity = "1..*")
        private List<String> log = new ArrayList<>();
        @Option(names = "--config")
        private String config;
        @Option(names = "--profile")
        private String profile;
        @Option(names = {"--state-pruning", "--pruning"})
        private String pruning;
        @Option(names = "--double-sign-guard")
        private String guard;
    }

    private Layers read(Map<String, String> environment, String... typed) throws SettingsException {
        CommandLine line = new CommandLine(new Node());
        return Layers.read(line.getCommandSpec(), line.getCommandSpec(), List.of(typed), environment,
                (one, other) -> List.of(one.longestName(), other.longestName())
                        .containsAll(List.of("--tmp", "--base-path")));
    }

    private String file(String content) throws Exception {
        return Files.writeString(folder.resolve("node.toml"), content).toString();
    }

    private static String source(Layers layers, String key) {
        return layers.explained().stream().filter(setting -> setting.key().equals(key)).findFirst().orElseThrow()
                .source()
                .toString();
    }

    @Test
    void putsTheCommandLineBeforeTheEnvironmentBeforeTheFileBeforeTheProfile() throws Exception {
        String file = file("rpc-port = 1\nvalidator = false\nstate-pruning = \"archive\"\nprofile = \"validator\"\n");
        Layers layers = read(Map.of("VILOKANAM_RPC_PORT", "2", "VILOKANAM_CONFIG", file, "PATH", "/bin"), "--rpc-port",
                "3");
        assertEquals(List.of("--state-pruning=archive", "--profile=validator", "--double-sign-guard=strict"),
                layers.arguments());
        assertEquals("command line", source(layers, "rpc-port"));
        assertEquals("file " + file, source(layers, "validator"));
        assertEquals("profile validator", source(layers, "double-sign-guard"));
        assertEquals("default", source(layers, "tmp"));
        Layers without = read(Map.of("VILOKANAM_RPC_PORT", "2", "VILOKANAM_VALIDATOR", "1"), "--config=" + file);
        assertEquals("environment VILOKANAM_RPC_PORT", source(without, "rpc-port"));
        assertTrue(without.arguments().contains("--validator"));
    }

    @Test
    void takesListsAndHeadings() throws Exception {
        Layers layers = read(Map.of("VILOKANAM_BOOTNODES", "/a; /b"),
                "--config", file("[rpc]\nrpc-port = 5\n[log]\nlog = [\"info\", \"sync=debug\"]\n"));
        assertEquals(List.of("--bootnodes=/a", "--bootnodes=/b", "--rpc-port=5", "--log=info", "--log=sync=debug"),
                layers.arguments());
    }

    @Test
    void silencesWhatContradictsAFlagAbove() throws Exception {
        assertEquals(List.of(), read(Map.of("VILOKANAM_TMP", "true"), "-d", "x").arguments());
        assertEquals(List.of("--tmp"), read(Map.of("VILOKANAM_TMP", "true"), "--config",
                file("base-path = \"x\"\n")).arguments());
        assertEquals(List.of("--base-path=x"), read(Map.of("VILOKANAM_TMP", "false"), "--config",
                file("base-path = \"x\"\n")).arguments());
    }

    @Test
    void namesTheNearestKeyToAnUnknownOne() throws Exception {
        String file = file("rpc-prot = 1\n");
        assertEquals("config file " + file + ": unknown key 'rpc-prot'; did you mean 'rpc-port'?",
                assertThrows(SettingsException.class, () -> read(Map.of(), "--config", file)).getMessage());
        assertEquals(List.of("environment variable VILOKANAM_RPCPORT names no flag; did you mean VILOKANAM_RPC_PORT?"),
                read(Map.of("VILOKANAM_RPCPORT", "1")).warnings());
        assertEquals(List.of(), read(Map.of("VILOKANAM_RPC_PORT", "tcp://10.0.0.1:9944")).arguments(),
                "what Kubernetes says of a service of our name");
    }

    @Test
    void refusesValuesOfTheWrongKindAndFilesThatAreNone() throws Exception {
        for (String content : List.of("validator = 1", "rpc-port = [1, 2]", "rpc-port = {a = 1}", "pruning = 1\n"
                + "state-pruning = 2", "rpc-port = ", "profile = \"fast\"", "[a.b]\nrpc-port = 1")) {
            String file = file(content);
            assertThrows(SettingsException.class, () -> read(Map.of(), "--config", file), content);
        }
        assertTrue(assertThrows(SettingsException.class, () -> read(Map.of(), "--config", "/nowhere.toml")).getMessage()
                .contains("is not there"));
        assertThrows(SettingsException.class, () -> read(Map.of("VILOKANAM_TMP", "perhaps")));
    }
}
