package io.vilokanam.node.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vilokanam.node.network.libp2p.stock.StockProcess;

/** A node in a process of its own, as operators run it. */
public final class NodeProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final Pattern PEER_ID = Pattern.compile("12D3KooW[A-Za-z0-9]+");
    private static final Pattern SERIES = Pattern.compile("(?:# TYPE )?([a-zA-Z_:][a-zA-Z0-9_:]*)[ {].*");

    private final Process process;
    private final BufferedReader log;
    private final int port;
    private final int metricsPort;
    private final int rpcPort;
    private final String peerId;

    private NodeProcess(Process process, int port, int rpcPort, int metricsPort) throws IOException {
        this.process = process;
        this.log = process.inputReader();
        this.port = port;
        this.rpcPort = rpcPort;
        this.metricsPort = metricsPort;
        Matcher id = PEER_ID.matcher(awaitLine("Local node identity"));
        if (!id.find()) {
            throw new IOException("the node does not say who it is");
        }
        this.peerId = id.group();
    }

    /** With the arguments of a command line, in memory and on free ports of the loopback interface. */
    public static NodeProcess start(String... arguments) throws IOException {
        return start(List.of(), arguments);
    }

    /** @param options of the virtual machine */
    public static NodeProcess start(List<String> options, String... arguments) throws IOException {
        int port = StockProcess.freePort();
        int rpcPort = StockProcess.freePort();
        int metricsPort = StockProcess.freePort();
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.vilokanam.node.cli.Vilokanam", "--tmp",
                "--listen-addr", "/ip4/127.0.0.1/tcp/" + port, "--rpc-port", "" + rpcPort, "--prometheus-port",
                "" + metricsPort, "--no-mdns", "--no-telemetry"));
        command.addAll(List.of(arguments));
        return new NodeProcess(new ProcessBuilder(command).redirectErrorStream(true).start(), port, rpcPort,
                metricsPort);
    }

    public String peerId() {
        return peerId;
    }

    /** Where peers reach it. */
    public int port() {
        return port;
    }

    public String address() {
        return "/ip4/127.0.0.1/tcp/" + port + "/p2p/" + peerId;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Bytes of memory that the process has at most had at a time; 0 where the system does not tell. */
    public long resident() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10).findFirst().orElse(0);
    }

    /** The next line of the log that has this in it. */
    public String awaitLine(String part) throws IOException {
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new IOException("the node ended before it said " + part);
    }

    /** Reads the log from now on, so that the node never waits for a reader. */
    public void drainLog() {
        Thread.ofVirtual().start(() -> log.lines().forEach(_ -> {}));
    }

    /** The whole answer. */
    public String call(String method, String parameters) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rpcPort)).timeout(ANSWER_MAX)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method
                        + "\",\"params\":" + parameters + "}"))
                .build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** What Prometheus would see. */
    public List<String> metrics() throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics"))
                .timeout(ANSWER_MAX).build(), HttpResponse.BodyHandlers.ofLines()).body().toList();
    }

    /** The names of all that is exported. */
    public Set<String> exported() throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        for (String line : metrics()) {
            Matcher series = SERIES.matcher(line);
            if (series.matches()) {
                names.add(series.group(1));
            }
        }
        return names;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
