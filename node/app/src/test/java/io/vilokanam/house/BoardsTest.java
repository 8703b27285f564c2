package io.vilokanam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Grafana's boards and Prometheus' rules ask for nothing that the node does not export: no panel stays empty, no alert silent. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class BoardsTest {

    private static final String FOLDER = "node/packaging/monitoring/";
    private static final String RULES = FOLDER + "alerts.yaml";
    private static final int BLOCKS_MAX = 40;
    /** What Prometheus itself says about every node. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up");
    private static final Set<String> WORDS = Set.of("sum", "by", "rate", "histogram_quantile", "time", "ignoring", "on",
            "or", "and", "unless", "increase", "max", "min", "avg", "clamp_min", "changes", "label_values");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern SERIES = Pattern.compile("(?:# TYPE )?(" + NAME.pattern() + ")[ {].*");
    private static final Pattern PEER_ID = Pattern.compile("12D3KooW[A-Za-z0-9]+");

    private final Repository repository = Repository.here();

    /** The metrics that an expression of Prometheus names: what is neither label, range, text nor word of the language. */
    private static Set<String> names(String expression) {
        String bare = expression.replaceAll("\"[^\"]*\"", "").replaceAll("\\{[^}]*}", " ")
                .replaceAll("\\[[^]]*]", " ").replaceAll("\\b(by|on|ignoring)\\s*\\([^)]*\\)", " ");
        Set<String> names = new TreeSet<>();
        for (Matcher matcher = NAME.matcher(bare); matcher.find();) {
            if (!WORDS.contains(matcher.group())) {
                names.add(matcher.group());
            }
        }
        return names;
    }

    private Set<String> namesOfBoards() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String board : boards()) {
            for (JsonNode panel : new JsonMapper().readTree(repository.text(board)).get("panels")) {
                boolean isOfMetrics = !List.of("row", "logs").contains(panel.get("type").asText());
                for (JsonNode target : panel.path("targets")) {
                    if (isOfMetrics) {
                        names.addAll(names(target.get("expr").asText()));
                    }
                }
            }
        }
        return names;
    }

    private List<String> boards() {
        return repository.files(FOLDER + "dashboards").stream().filter(path -> path.endsWith(".json")).toList();
    }

    /** Expressions stand on one line, or folded below {@code expr: >-}. */
    private List<String> rules() {
        List<String> expressions = new ArrayList<>();
        boolean isFolded = false;
        int depth = 0;
        for (String line : repository.text(RULES).lines().toList()) {
            String text = line.strip();
            if (isFolded && line.indexOf(text) > depth) {
                expressions.add(expressions.removeLast() + " " + text);
            } else {
                isFolded = text.equals("expr: >-");
                depth = line.indexOf(text);
                if (text.startsWith("expr: ")) {
                    expressions.add(isFolded ? "" : text.substring("expr: ".length()));
                }
            }
        }
        return expressions;
    }

    @Test
    void everyMetricOfABoardOrARuleIsExported() throws Exception {
        Set<String> wanted = namesOfBoards();
        rules().forEach(rule -> wanted.addAll(names(rule)));
        wanted.removeAll(OF_PROMETHEUS);
        assertFalse(wanted.isEmpty());
        try (RunningNode alice = RunningNode.start("--alice");
                RunningNode bob = RunningNode.start("--bob", "--bootnodes", alice.address())) {
            Set<String> missing = new TreeSet<>(wanted);
            for (int block = 0; !missing.isEmpty() && block < BLOCKS_MAX; block++) {
                alice.awaitLine("Imported");
                alice.call("system_health");
                missing.removeAll(alice.exported());
                missing.removeAll(bob.exported());
            }
            assertEquals(Set.of(), missing);
        }
    }

    @Test
    void everyRunbookOfARuleIsThere() {
        List<String> runbooks = repository.text(RULES).lines().map(String::strip)
                .filter(line -> line.startsWith("runbook: ")).map(line -> line.substring("runbook: ".length()))
                .toList();
        assertEquals(rules().size(), runbooks.size());
        for (String runbook : runbooks) {
            String page = runbook.substring(0, runbook.indexOf('#'));
            String heading = runbook.substring(runbook.indexOf('#') + 1);
            assertTrue(repository.text(page).lines().filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT)
                            .replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                    .anyMatch(heading::equals), runbook);
        }
    }

    @Test
    void boardsHaveNoTwoPanelsOfOneNumber() throws Exception {
        for (String board : boards()) {
            Set<Integer> seen = new TreeSet<>();
            for (JsonNode panel : new JsonMapper().readTree(repository.text(board)).get("panels")) {
                assertTrue(seen.add(panel.get("id").asInt()), board + ": " + panel.get("title"));
            }
        }
    }

    /** A node in a process of its own, as operators run it. */
    private static final class RunningNode implements AutoCloseable {

        private static final HttpClient HTTP = HttpClient.newHttpClient();

        private final Process process;
        private final BufferedReader log;
        private final int port;
        private final int metricsPort;
        private final int rpcPort;
        private final String peerId;

        private RunningNode(Process process, int port, int rpcPort, int metricsPort) throws IOException {
            this.process = process;
            this.log = process.inputReader();
            this.port = port;
            this.rpcPort = rpcPort;
            this.metricsPort = metricsPort;
            Matcher id = PEER_ID.matcher(awaitLine("Local node identity"));
            assertTrue(id.find());
            this.peerId = id.group();
        }

        static RunningNode start(String... arguments) throws IOException {
            int port = freePort();
            int rpcPort = freePort();
            int metricsPort = freePort();
            List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
                    "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
                    System.getProperty("java.class.path"), "io.vilokanam.node.cli.Vilokanam", "--chain", "local",
                    "--tmp", "--listen-addr", "/ip4/127.0.0.1/tcp/" + port, "--rpc-port", "" + rpcPort,
                    "--prometheus-port", "" + metricsPort, "--no-mdns", "--no-telemetry"));
            command.addAll(List.of(arguments));
            return new RunningNode(new ProcessBuilder(command).redirectErrorStream(true).start(), port, rpcPort,
                    metricsPort);
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }

        String address() {
            return "/ip4/127.0.0.1/tcp/" + port + "/p2p/" + peerId;
        }

        String awaitLine(String part) throws IOException {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                if (line.contains(part)) {
                    return line;
                }
            }
            throw new IOException("the node ended before it said " + part);
        }

        void call(String method) throws IOException, InterruptedException {
            HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rpcPort))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[]}"))
                    .build(), HttpResponse.BodyHandlers.discarding());
        }

        Set<String> exported() throws IOException, InterruptedException {
            Set<String> names = new TreeSet<>();
            HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics")).build(),
                    HttpResponse.BodyHandlers.ofLines()).body().forEach(line -> {
                        Matcher series = SERIES.matcher(line);
                        if (series.matches()) {
                            names.add(series.group(1));
                        }
                    });
            return names;
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
