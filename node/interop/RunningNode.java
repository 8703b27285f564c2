import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node that a program of this folder runs: a process on loopback, asked by JSON-RPC. {@code java} compiles this file
 * with the program that it is given.
 */
class RunningNode {

    /** Our node: {@code node/bin/vilokanam}, or what the environment variable VILOKANAM names. */
    static final Path OURS = Path.of(Optional.ofNullable(System.getenv("VILOKANAM")).orElse("node/bin/vilokanam"));

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern ID = Pattern.compile("\"result\":\"(12D3[^\"]+)\"");
    private static final Pattern HASH = Pattern.compile("\"result\":\"(0x[0-9a-f]{64})\"");
    private static final Pattern SET_ID = Pattern.compile("\"setId\":([0-9]+)");
    private static final Pattern NUMBER = Pattern.compile("\"number\":\"0x([0-9a-f]+)\"");

    final String name;
    final int port;
    final List<String> command;
    Process process;
    private final int rpcPort;
    private final Path log;
    private final Duration answersWithin;

    /**
     * A node that is not started yet.
     *
     * @param folder gets its log, to which each start appends
     * @param rpcBehind how far the port of JSON-RPC is behind that of peers
     */
    RunningNode(String name, Path program, Path folder, int port, int rpcBehind, Duration answersWithin,
            List<String> arguments) {
        this.name = name;
        this.port = port;
        this.rpcPort = port + rpcBehind;
        this.log = folder.resolve(name + ".log");
        this.answersWithin = answersWithin;
        this.command = new ArrayList<>(List.of(program.toString(), "--listen-addr", "/ip4/127.0.0.1/tcp/" + port,
                "--rpc-port", String.valueOf(rpcPort), "--no-prometheus", "--no-telemetry", "--no-mdns",
                "--node-key", "%064x".formatted(port)));
        command.addAll(arguments);
    }

    Path log() {
        return log;
    }

    void start() throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    /** Ends it, if it was ever started. */
    void kill() throws InterruptedException {
        if (process == null) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    static String request(String method, String parameters) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[" + parameters + "]}";
    }

    /** The whole answer; empty as long as the node does not answer. */
    Optional<String> post(String body) throws InterruptedException {
        try {
            return Optional.of(HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rpcPort))
                    .header("Content-Type", "application/json").timeout(answersWithin)
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What the answer holds in the first group; empty as long as the node does not answer so. */
    Optional<String> ask(String method, String parameters, Pattern wanted) throws InterruptedException {
        return post(request(method, parameters)).map(wanted::matcher).filter(Matcher::find)
                .map(found -> found.group(1));
    }

    /** What the answer holds in the first group. */
    String require(String method, String parameters, String wanted) throws InterruptedException {
        return ask(method, parameters, Pattern.compile(wanted)).orElseThrow(() -> new IllegalStateException(
                name + " does not answer " + method + " with " + wanted + "; its log is " + log));
    }

    /** What is asked again and again. */
    interface Look {
        boolean isDone() throws InterruptedException;
    }

    /** What is asked again and again for its answer. */
    interface Question<T> {
        Optional<T> answer() throws InterruptedException;
    }

    /** For how long something is waited for, and how often it is looked at. */
    record Patience(Duration longest, int millisBetweenLooks, Path logs) {

        void await(String what, Look look) throws InterruptedException {
            answer(what, () -> look.isDone() ? Optional.of(true) : Optional.empty());
        }

        <T> T answer(String what, Question<T> question) throws InterruptedException {
            long end = System.nanoTime() + longest.toNanos();
            Optional<T> answer = question.answer();
            while (answer.isEmpty()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(what + " took too long; the logs are in " + logs);
                }
                Thread.sleep(millisBetweenLooks);
                answer = question.answer();
            }
            return answer.get();
        }
    }

    /** Who it is, once it answers. */
    String id(Patience patience) throws InterruptedException {
        return patience.answer("the start of " + name, () -> ask("system_localPeerId", "", ID));
    }

    /** Where peers find it, once it answers. */
    String address(Patience patience) throws InterruptedException {
        return "/ip4/127.0.0.1/tcp/" + port + "/p2p/" + id(patience);
    }

    /** A block of the chain of a node. */
    record Block(long number, String hash) {}

    /** The finalised block; empty as long as the node does not answer. */
    Optional<Block> finalised() throws InterruptedException {
        Optional<String> hash = ask("chain_getFinalizedHead", "", HASH);
        Optional<String> number = hash.isEmpty() ? hash : ask("chain_getHeader", "\"" + hash.get() + "\"", NUMBER);
        return number.map(hex -> new Block(Long.parseLong(hex, 16), hash.get()));
    }

    /** The set that its voter votes in; -1 as long as the node does not answer. */
    long setId() throws InterruptedException {
        return ask("grandpa_roundState", "", SET_ID).map(Long::parseLong).orElse(-1L);
    }

    /** The hash of a block of its chain. */
    String hash(long number) throws InterruptedException {
        return require("chain_getBlockHash", String.valueOf(number), HASH.pattern());
    }
}
