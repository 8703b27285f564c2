package io.vilokanam.node.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import io.vilokanam.testkit.Refchain;

final class CommandLineTest {

    /** What a command printed, and how it ended. */
    private record Run(int code, String out, String err) {}

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Vilokanam.commandLine(arguments).setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Run(code, out.toString(), err.toString());
    }

    @Test
    void readsSubcommandsWheneverOneIsNamed() {
        for (String name : Vilokanam.commandLine("--help").getSubcommands().keySet()) {
            assertTrue(Vilokanam.commandLine(name).getSubcommands().containsKey(name), name);
        }
        Set<String> without = new HashSet<>(Vilokanam.commandLine("--dev").getSubcommands().keySet());
        assertEquals(Set.of(), without);
    }

    @Test
    void importsAStockNodesFileAndExportsTheSameBytes(@TempDir Path folder) throws Exception {
        Path blocks = Files.write(folder.resolve("dev.blocks"), Refchain.file("dev-chain.blocks"));
        Path exported = folder.resolve("again.blocks");
        List<String> chain = List.of("--chain", "reference-dev", "--base-path", folder.toString(), "-l", "off");
        assertEquals(0, run(with(chain, "import-blocks", blocks.toString(), "--binary")).code());
        assertEquals(0, run(with(chain, "export-blocks", exported.toString(), "--binary")).code());
        assertEquals(-1, Files.mismatch(blocks, exported));
        JsonNode info = new JsonMapper().readTree(run(with(chain, "chain-info")).out());
        assertEquals(42, info.get("best_number").asInt());
        assertEquals(29, info.get("finalized_number").asInt());
        assertEquals(0, run(with(chain, "check-block", "5")).code());
        assertEquals(0, run(with(chain, "check-block", info.get("best_hash").asText())).code());
        assertTrue(run(with(chain, "check-block", "43")).err().contains("unknown block 43"));
        assertEquals(CommandLine.ExitCode.USAGE, run(with(chain, "check-block", "abc")).code());
        JsonNode genesis = new JsonMapper().readTree(run(with(chain, "export-state", "0")).out());
        assertEquals(
                new JsonMapper().readTree(run(with(chain, "build-spec", "--raw", "--disable-default-bootnode")).out()),
                genesis);
        JsonNode later = new JsonMapper().readTree(run(with(chain, "export-state")).out());
        assertTrue(later.at("/genesis/raw/top").size() > genesis.at("/genesis/raw/top").size());
        assertEquals(0, run(with(chain, "revert", "3")).code());
        assertEquals(39, best(chain));
        assertEquals(0, run(with(chain, "import-blocks", blocks.toString(), "--binary")).code());
        assertEquals(42, best(chain));
        assertEquals(0, run(with(chain, "revert")).code());
        assertEquals(29, best(chain), "final blocks stay");
        assertEquals(0, run(with(chain, "import-blocks", blocks.toString(), "--binary")).code());
        assertEquals(42, best(chain));
        assertEquals(0, run(with(chain, "purge-chain", "-y")).code());
        assertTrue(Files.notExists(folder.resolve("chains").resolve("vilokanam_dev").resolve("db")));
    }

    @Test
    void refusesTickFlagsThatMeanNothing() {
        for (String address : List.of("9946", "localhost:", ":1", "127.0.0.1:65536", "127.0.0.1:x")) {
            Run run = run("--dev", "--tick-listen-addr", address, "-l", "off");
            assertEquals(1, run.code());
            assertTrue(run.err().contains("--tick-listen-addr " + address + ": expected HOST:PORT"), run.err());
        }
        assertTrue(run("--dev", "--tick-max-connections", "0", "-l", "off").err().contains("expected 1 or more"));
    }

    private static int best(List<String> chain) throws Exception {
        return new JsonMapper().readTree(run(with(chain, "chain-info")).out()).get("best_number").asInt();
    }

    private static String[] with(List<String> shared, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        all.addAll(shared);
        return all.toArray(String[]::new);
    }

    @Test
    void refusesAFileOfAnotherChain(@TempDir Path folder) throws Exception {
        Path blocks = Files.write(folder.resolve("network.blocks"), Refchain.file("network.blocks"));
        Run run = run("import-blocks", blocks.toString(), "--binary", "--chain", "reference-dev", "--base-path",
                folder.toString(), "-l", "off");
        assertEquals(CommandLine.ExitCode.SOFTWARE, run.code());
    }

    @Test
    void printsTheChainSpecsOfThisProgram() throws Exception {
        JsonNode plain = new JsonMapper().readTree(run("build-spec", "--dev", "-l", "off", "--node-key",
                "0000000000000000000000000000000000000000000000000000000000000001").out());
        assertEquals("vilokanam_dev", plain.get("id").asText());
        assertEquals("/ip4/127.0.0.1/tcp/30333/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp",
                plain.at("/bootNodes/0").asText());
        assertTrue(plain.at("/genesis/runtimeGenesis/patch/tickStream").isObject());
        JsonNode raw = new JsonMapper().readTree(run("export-chain-spec", "--raw", "-l", "off").out());
        assertTrue(raw.at("/genesis/raw/top").has("0x3a636f6465"));
    }

    @Test
    void chainsOfTheWholeRuntimeHaveNamesOfTheirOwn() throws Exception {
        for (String name : List.of("whole-dev", "whole-local")) {
            JsonNode plain = new JsonMapper().readTree(run("build-spec", "--chain", name, "-l", "off").out());
            assertEquals("vilokanam_" + name.replace('-', '_'), plain.get("id").asText());
            JsonNode patch = plain.at("/genesis/runtimeGenesis/patch");
            assertEquals(2, patch.at("/vesting/vesting").size());
            assertEquals(name.endsWith("dev") ? 1 : 2, patch.at("/session/keys").size());
        }
    }

    @Test
    void exportsTheCodeOfAChain(@TempDir Path folder) throws Exception {
        JsonNode raw = new JsonMapper().readTree(run("export-chain-spec", "--dev", "--raw", "-l", "off").out());
        String code = raw.at("/genesis/raw/top").get("0x3a636f6465").asText();
        assertEquals(code, run("export-genesis-wasm", "--chain", "dev", "-l", "off").out().strip());
        Path file = folder.resolve("code.wasm");
        assertEquals(0, run("export-genesis-wasm", file.toString(), "--raw", "--chain", "reference-dev", "-l", "off")
                .code());
        assertArrayEquals(Refchain.file("runtime.wasm"), Files.readAllBytes(file));
        assertTrue(run("export-genesis-wasm", "--raw", "--dev", "-l", "off").err().contains("--raw needs"));
    }

    @Test
    void showsKeysLikeAStockNode() {
        assertEquals("""
                Secret Key URI `//Alice` is account:
                  Network ID:        substrate
                  Secret seed:       0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a
                  Public key (hex):  0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d
                  Account ID:        0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d
                  Public key (SS58): 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY
                  SS58 Address:      5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY
                """, run("key", "inspect", "//Alice").out());
    }

    @Test
    void networksAreNamedAsInTheRegistryOrByTheirNumber() {
        String ofKusama = "\n  SS58 Address:      HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F\n";
        assertTrue(run("key", "inspect", "--network", "kusama", "//Alice").out().endsWith(ofKusama));
        assertTrue(run("key", "inspect", "-n", "2", "//Alice").out().endsWith(ofKusama));
        for (String unknown : List.of("nowhere", "16384", "-1")) {
            Run run = run("key", "inspect", "--network", unknown, "//Alice");
            assertEquals(CommandLine.ExitCode.USAGE, run.code());
            assertTrue(run.err().startsWith("error: invalid value '" + unknown + "' for '--network <NETWORK>': "
                    + "Unable to parse variant. Known variants: [\"BareEd25519\", \"BareSecp256k1\","), run.err());
        }
    }

    @Test
    void theExpectedPublicKeyIsThatOfThePhraseWithoutWhatIsDerived() {
        String root = "0x46ebddef8cd9bb167dc30878d7113b7e168e6f0646beffd77d69d39bad76b47a";
        for (String right : List.of(root, "5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV")) {
            assertEquals(0, run("key", "inspect", "--expect-public", right, "//Alice").code());
        }
        String ofAlice = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
        Run other = run("key", "inspect", "--expect-public", ofAlice, "//Alice");
        assertEquals(CommandLine.ExitCode.SOFTWARE, other.code());
        assertEquals("", other.out());
        assertTrue(other.err().contains("Expected public (" + ofAlice + ") key does not match."), other.err());
        assertTrue(run("key", "inspect", "--expect-public", "0x12", "//Alice").err()
                .contains("Invalid expected public key: `0x12`"));
    }

    @Test
    void signsAndVerifiesLikeAStockNode() {
        for (String scheme : List.of("sr25519", "ed25519", "ecdsa")) {
            String[] what = {"--scheme", scheme, "--message", "0x6869", "--hex"};
            String signature = run(with(List.of(what), "sign", "--suri", "//Alice")).out();
            assertEquals("Signature verifies correctly.\n",
                    run(with(List.of(what), "verify", signature, "//Alice")).out());
            Run other = run(with(List.of(what), "verify", signature, "//Bob"));
            assertEquals(CommandLine.ExitCode.SOFTWARE, other.code());
            assertTrue(other.err().contains("Signature verification failed"), other.err());
        }
        String stock = "0x4eb25a2285a82374888880af0024eb30c3a21ce086eae3862888d345af607f0ad6fb081312f11730932564f24a9f8ebc"
                + "ee2d46861413ae61307eca58db2c3e81";
        assertEquals(0, run("verify", stock, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", "--message",
                "test message").code());
        assertTrue(run("verify", "0x00", "//Alice", "--message", "x").err().contains("invalid format"));
    }

    @Test
    void findsAnAddressWithAPattern() {
        String found = run("vanity", "--pattern", "ab").out();
        assertTrue(found.contains("best: "), found);
        assertEquals(47 + 2 * 48, Vanity.score("ab", "abc"));
        assertEquals(46 + 48, Vanity.score("ab", "xac"));
        assertEquals(0, Vanity.score("ab", "xyz"));
    }

    @Test
    void tellsInOneLineWhatIsWrong() {
        assertTrue(run("build-spec", "--chain", "/nowhere").err().startsWith("Error: no chain is named /nowhere"));
        assertTrue(run("--dev", "--alice", "--bob").err()
                .startsWith("error: the argument '--alice' cannot be used with '--bob'\n"));
        assertTrue(run("--chain", "local", "--validator", "--tmp", "--rpc-external").err()
                .startsWith("Error: --rpc-external option shouldn't be used"));
        assertTrue(run("key", "generate", "-w", "13").err().startsWith("Error: Invalid number of words"));
        Run unknown = run("--bogus");
        assertEquals(CommandLine.ExitCode.USAGE, unknown.code());
        assertTrue(unknown.err().startsWith("error: unexpected argument '--bogus' found"), unknown.err());
        assertTrue(run("--dev", "--name", "a.b").err().startsWith("Error: Invalid node name"));
    }

    @Test
    void whatIsNoValueEndsAsWithStockNodesBeforeAnythingBegins() {
        for (String wrong : List.of("--bootnodes nowhere", "--bootnodes /ip4/127.0.0.1/tcp/1", "--listen-addr nowhere",
                "--public-addr nowhere", "--reserved-nodes nowhere", "--rpc-rate-limit 0",
                "--rpc-rate-limit-whitelisted-ips home", "--max-runtime-instances 33",
                "--experimental-rpc-endpoint foo=bar")) {
            String[] parts = wrong.split(" ");
            Run refused = run("--dev", parts[0], parts[1]);
            assertEquals(CommandLine.ExitCode.USAGE, refused.code(), wrong);
            assertTrue(refused.err().startsWith("error: invalid value '" + parts[1] + "' for '" + parts[0] + " <"),
                    refused.err());
        }
    }
}
