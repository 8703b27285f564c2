package io.vilokanam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

import io.vilokanam.node.service.NodeProcess;

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
        try (NodeProcess alice = NodeProcess.start("--chain", "local", "--alice", "--tick-listen-addr", "127.0.0.1:0");
                NodeProcess bob = NodeProcess.start("--chain", "local", "--bob", "--bootnodes", alice.address())) {
            Set<String> missing = new TreeSet<>(wanted);
            for (int block = 0; !missing.isEmpty() && block < BLOCKS_MAX; block++) {
                alice.awaitLine("Imported");
                alice.call("system_health", "[]");
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
}
