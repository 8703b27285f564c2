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

    private static final HttpClient HTTP = HttpClient.newHttpClient();

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

    void kill() throws InterruptedException {
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

    /** Where peers find it, if this is its id. */
    String address(String id) {
        return "/ip4/127.0.0.1/tcp/" + port + "/p2p/" + id;
    }
}
