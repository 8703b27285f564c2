package io.vilokanam.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line of sc-cli: every flag with its aliases, and what a stock node says to a wrong one. */
final class StockFlagsTest {

    private static final List<String> SWITCHES = List.of("--validator", "--no-grandpa", "--rpc-external",
            "--unsafe-rpc-external", "--rpc-rate-limit-trust-proxy-headers", "--rpc-disable-batch-requests",
            "--rpc_no_batch_requests", "--no-telemetry", "--prometheus-external", "--no-prometheus", "--dev",
            "--detailed-log-output", "--disable-log-color", "--enable-log-reloading", "--reserved-only",
            "--no-private-ip", "--no-private-ipv4", "--allow-private-ip", "--allow-private-ipv4", "--no-mdns",
            "--unsafe-force-node-key-generation", "--discover-local", "--kademlia-disjoint-query-paths",
            "--ipfs-server", "--force-enable-webrtc", "--password-interactive", "--alice", "--bob", "--charlie",
            "--dave", "--eve", "--ferdie", "--one", "--two", "--force-authoring", "--tmp");

    private static final String PEER = "/ip4/127.0.0.1/tcp/1/p2p/12D3KooWFWND8WZyLNwKLjHF1VjydwBmu8vKJgfGkKXpoh9DHiZc";

    private static final Map<String, List<String>> VALUED = Map.ofEntries(Map.entry("--name", List.of("x")),
            Map.entry("--rpc-methods", List.of("auto", "safe", "unsafe", "Unsafe")),
            Map.entry("--rpc-rate-limit", List.of("1")),
            Map.entry("--rpc-rate-limit-whitelisted-ips", List.of("::1/128")),
            Map.entry("--rpc-max-request-size", List.of("15")), Map.entry("--rpc-max-response-size", List.of("15")),
            Map.entry("--rpc-max-subscriptions-per-connection", List.of("1024")),
            Map.entry("--rpc-port", List.of("0", "65535")),
            Map.entry("--experimental-rpc-endpoint", List.of("listen-addr=127.0.0.1:1")),
            Map.entry("--rpc-max-connections", List.of("100")),
            Map.entry("--rpc-message-buffer-capacity-per-connection", List.of("64")),
            Map.entry("--rpc-max-batch-request-len", List.of("9")), Map.entry("--rpc-cors", List.of("all")),
            Map.entry("--telemetry-url", List.of("wss://telemetry.example/submit/ 0", "/ip4/1.2.3.4/tcp/5432 4")),
            Map.entry("--prometheus-port", List.of("9615")), Map.entry("--max-runtime-instances", List.of("8")),
            Map.entry("--runtime-cache-size", List.of("2")),
            Map.entry("--offchain-worker", List.of("always", "never", "when-authority")),
            Map.entry("--enable-offchain-indexing", List.of("true", "false")), Map.entry("--chain", List.of("dev")),
            Map.entry("--base-path", List.of("x")), Map.entry("-d", List.of("x")),
            Map.entry("-l", List.of("sync=debug")),
            Map.entry("--log", List.of("info")), Map.entry("--tracing-targets", List.of("x")),
            Map.entry("--tracing-receiver", List.of("log", "Log")),
            Map.entry("--state-pruning", List.of("archive", "archive-canonical", "256")),
            Map.entry("--pruning", List.of("1")), Map.entry("--blocks-pruning", List.of("archive", "16")),
            Map.entry("--keep-blocks", List.of("archive-canonical")),
            Map.entry("--database", List.of("paritydb", "auto", "paritydb-experimental", "rocksdb", "RocksDb")),
            Map.entry("--db", List.of("auto")), Map.entry("--db-cache", List.of("64")),
            Map.entry("--wasm-execution", List.of("compiled", "interpreted-i-know-what-i-do")),
            Map.entry("--wasmtime-instantiation-strategy", List.of("pooling", "recreate-instance",
                    "pooling-copy-on-write", "recreate-instance-copy-on-write")),
            Map.entry("--wasm-runtime-overrides", List.of("x")), Map.entry("--execution", List.of("wasm")),
            Map.entry("--execution-syncing", List.of("native")), Map.entry("--execution-import-block", List.of("both")),
            Map.entry("--execution-block-construction", List.of("wasm")),
            Map.entry("--execution-offchain-worker", List.of("wasm")),
            Map.entry("--execution-other", List.of("native-else-wasm")),
            Map.entry("--trie-cache-size", List.of("1073741824")),
            Map.entry("--warm-up-trie-cache", List.of("blocking")),
            Map.entry("--bootnodes", List.of(PEER)),
            Map.entry("--reserved-nodes", List.of(PEER)),
            Map.entry("--public-addr", List.of("/ip4/127.0.0.1/tcp/1")),
            Map.entry("--listen-addr", List.of("/ip4/0.0.0.0/tcp/1/ws")),
            Map.entry("--port", List.of("30333")), Map.entry("--out-peers", List.of("8")),
            Map.entry("--in-peers", List.of("32")), Map.entry("--in-peers-light", List.of("100")),
            Map.entry("--max-parallel-downloads", List.of("5")), Map.entry("--max-blocks-per-request", List.of("64")),
            Map.entry("--node-key", List.of("x")), Map.entry("--node-key-type", List.of("ed25519", "Ed25519")),
            Map.entry("--node-key-file", List.of("x")), Map.entry("--kademlia-replication-factor", List.of("20")),
            Map.entry("--sync", List.of("full", "fast", "fast-unsafe", "warp", "Warp")),
            Map.entry("--network-backend", List.of("litep2p", "libp2p")), Map.entry("--pool-limit", List.of("8192")),
            Map.entry("--pool-kbytes", List.of("20480")), Map.entry("--tx-ban-seconds", List.of("1800")),
            Map.entry("--pool-type", List.of("single-state", "fork-aware")), Map.entry("--keystore-path", List.of("x")),
            Map.entry("--password", List.of("x")), Map.entry("--password-filename", List.of("x")),
            Map.entry("--ipfs-bootnodes", List.of("x")), Map.entry("--transaction-storage-path", List.of("x")),
            Map.entry("--statement-store-filter-workers", List.of("1")),
            Map.entry("--log-format", List.of("text", "json", "JSON")),
            Map.entry("--double-sign-guard", List.of("off", "on", "strict")));

    private record Run(int code, String err) {}

    private static Run run(String... arguments) {
        StringWriter err = new StringWriter();
        int code = Vilokanam.commandLine(arguments).setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true)).execute(arguments);
        return new Run(code, err.toString());
    }

    private static void parse(String... arguments) {
        CommandLine.ParseResult parsed = Vilokanam.configured(new CommandLine(new Vilokanam())).parseArgs(arguments);
        UsageErrors.check(parsed);
    }

    @TestFactory
    Stream<DynamicTest> takesEveryFlagOfAStockNode() {
        return Stream.concat(
                SWITCHES.stream().map(flag -> DynamicTest.dynamicTest(flag, () -> parse(flag))),
                VALUED.entrySet().stream().flatMap(flag -> flag.getValue().stream().map(value -> DynamicTest
                        .dynamicTest(flag.getKey() + " " + value, () -> parse(flag.getKey(), value)))));
    }

    @Test
    void saysWhichFlagsHaveNoEffect() {
        CommandLine.ParseResult parsed = new CommandLine(new Vilokanam()).parseArgs("--dev", "--wasm-execution",
                "compiled",
                "--db", "paritydb", "--ipfs-server", "--rpc-port", "1", "--warm-up-trie-cache");
        assertEquals(List.of("--wasm-execution", "--database", "--ipfs-server", "--warm-up-trie-cache"),
                WithoutEffect.notes(parsed).stream().map(note -> note.split(" ")[0]).toList());
        assertTrue(WithoutEffect.notes(parsed).getFirst().contains("has no effect: runtimes are executed natively"));
    }

    @Test
    void refusesContradictionsAndWrongValuesInTheWordsOfAStockNode() {
        Map<String, String> expected = Map.ofEntries(
                Map.entry("--alice --bob", "the argument '--alice' cannot be used with '--bob'"),
                Map.entry("--tmp --base-path x", "the argument '--tmp' cannot be used with '--base-path <PATH>'"),
                Map.entry("--bogus", "unexpected argument '--bogus' found"),
                Map.entry("--rpc-port abc --dev",
                        "invalid value 'abc' for '--rpc-port <PORT>': invalid digit found in string"),
                Map.entry("--rpc-port 70000 --dev",
                        "invalid value '70000' for '--rpc-port <PORT>': 70000 is not in 0..=65535"),
                Map.entry("--name", "a value is required for '--name <NAME>' but none was supplied"),
                Map.entry("--sync foo",
                        "invalid value 'foo' for '--sync <SYNC_MODE>'\n  [possible values: full, fast, fast-unsafe, warp]"),
                Map.entry("--telemetry-url ws://x --dev",
                        "invalid value 'ws://x' for '--telemetry-url <URL VERBOSITY>': Verbosity level missing"),
                Map.entry("--no-private-ip --allow-private-ip --dev",
                        "the argument '--no-private-ip' cannot be used with '--allow-private-ip'"),
                Map.entry("--password a --password-filename b --dev",
                        "the argument '--password <PASSWORD>' cannot be used with '--password-filename <PATH>'"),
                Map.entry("--pool-type foo",
                        "invalid value 'foo' for '--pool-type <POOL_TYPE>'\n  [possible values: single-state, fork-aware]"),
                Map.entry("--state-pruning foo",
                        "invalid value 'foo' for '--state-pruning <PRUNING_MODE>': Invalid pruning mode specified"),
                Map.entry("--db-cache x", "invalid value 'x' for '--db-cache <MiB>': invalid digit found in string"),
                Map.entry("--node-key-type rsa",
                        "invalid value 'rsa' for '--node-key-type <TYPE>'\n  [possible values: ed25519]"),
                Map.entry("--log-format xml",
                        "invalid value 'xml' for '--log-format <FORMAT>'\n  [possible values: text, json]"),
                Map.entry("--rpc-methods foo",
                        "invalid value 'foo' for '--rpc-methods <METHOD SET>'\n  [possible values: auto, safe, unsafe]"),
                Map.entry("--rpc-port 1 --rpc-port 2",
                        "the argument '--rpc-port <PORT>' cannot be used multiple times"),
                Map.entry("key insert --key-type aura",
                        "the following required arguments were not provided:\n  --scheme <SCHEME>"),
                Map.entry("--port 1 --listen-addr /ip4/127.0.0.1/tcp/1",
                        "the argument '--port <PORT>' cannot be used with '--listen-addr <ADDR>...'"));
        expected.forEach((arguments, message) -> {
            Run run = run(arguments.split(" "));
            assertEquals(CommandLine.ExitCode.USAGE, run.code(), arguments);
            assertEquals("error: " + message,
                    run.err().substring(0, Math.min(run.err().length(), message.length() + 7)),
                    arguments);
        });
    }

    @Test
    void refusesAValidatorWithoutANetworkKey(@TempDir Path folder) {
        Run run = run("--validator", "--chain", "local", "--base-path", folder.toString(), "-l", "off");
        assertEquals(CommandLine.ExitCode.SOFTWARE, run.code());
        assertTrue(run.err().startsWith("Error: NetworkKeyNotFound(\"" + folder), run.err());
        assertEquals(0, run("key", "generate-node-key", "--chain", "local", "--base-path", folder.toString()).code());
        assertTrue(run("key", "generate-node-key", "--chain", "local", "--base-path", folder.toString()).err()
                .contains("KeyAlreadyExistsInPath"));
        Run next = run("--validator", "--chain", "local", "--base-path", folder.toString(), "-l", "off", "--name",
                "a.b");
        assertTrue(next.err().startsWith("Error: Invalid node name"), next.err());
    }
}
