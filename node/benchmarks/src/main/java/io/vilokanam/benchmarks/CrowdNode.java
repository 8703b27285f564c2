package io.vilokanam.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Nodes on a chain that {@link CrowdChain} made, each a process of its own that runs from the class path of this one: the validator
 * //Alice, who makes all blocks and collects words, and how to ask it.
 */
final class CrowdNode {

    static final Duration START_MAX = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Path work;
    private final RpcClient rpc = new RpcClient(RunningProgram.freePort());
    private final int metrics = RunningProgram.freePort();
    private final int ticks = RunningProgram.freePort();

    /** {@code work}: where {@link #spec} and {@link #base} lie, and the logs. */
    CrowdNode(Path work) throws IOException {
        this.work = work;
    }

    Path spec() {
        return work.resolve("spec.json");
    }

    Path base() {
        return work.resolve("base");
    }

    int rpcPort() {
        return rpc.port();
    }

    int tickPort() {
        return ticks;
    }

    /** Starts the validator and waits until it listens to all: the doors for words and for peers open behind that of JSON-RPC. */
    RunningProgram start(String name) throws IOException, InterruptedException {
        RunningProgram node = launch(name, List.of("--base-path", base().toString(), "--alice", "--validator",
                "--force-authoring", "--rpc-port", Integer.toString(rpc.port()), "--prometheus-port",
                Integer.toString(metrics), "--tick-listen-addr", "127.0.0.1:" + ticks, "--node-key",
                "0".repeat(63) + "1"));
        node.awaitAnswer(rpc.port(), START_MAX);
        while (listenAddresses().isEmpty()) {
            Thread.sleep(POLL);
        }
        return node;
    }

    /** Starts a node of the same chain, with flags of its own. */
    RunningProgram launch(String name, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseParallelGC",
                "-XX:MaxNewSize=64m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp", System.getProperty("java.class.path"), "io.vilokanam.node.cli.Vilokanam", "--chain",
                spec().toString(), "--no-mdns", "--listen-addr", "/ip4/127.0.0.1/tcp/0"));
        command.addAll(flags);
        return RunningProgram.start(command, work.resolve(name + ".log"));
    }

    /** The sums over all labels of the validator's metrics whose names are wanted. */
    Map<String, Double> metrics(Predicate<String> isWanted) throws IOException, InterruptedException {
        String text = RpcClient
                .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metrics + "/metrics")).build());
        Map<String, Double> values = new TreeMap<>();
        text.lines().filter(row -> !row.startsWith("#") && isWanted.test(row)).forEach(row -> values.merge(
                row.substring(0, row.indexOf('{')), Double.parseDouble(row.substring(row.lastIndexOf(' ') + 1)),
                Double::sum));
        return values;
    }

    long height() throws IOException, InterruptedException {
        return Long.decode(ask("chain_getHeader", "[]").get("number").asText());
    }

    /** Where it listens to peers. */
    JsonNode listenAddresses() throws IOException, InterruptedException {
        return ask("system_localListenAddresses", "[]");
    }

    JsonNode ask(String method, String parameters) throws IOException, InterruptedException {
        return rpc.ask(method, parameters);
    }
}
