package io.vilokanam.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The stock node as a judge: it executes runtime calls over a state in memory, one question and one answer a line. Tests
 * that use it are skipped where no stock node is named: see {@link Refchain#stockNode()}.
 */
public final class StockJudge implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    private StockJudge(Process process) {
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the node at the genesis of a recorded raw spec, e.g. {@code dev.raw.json}. */
    public static StockJudge atGenesisOf(String rawSpec) throws IOException {
        Path spec = Files.createTempFile("genesis", ".json");
        try {
            Files.write(spec, Refchain.file(rawSpec));
            StockJudge judge = new StockJudge(new ProcessBuilder(Refchain.stockNode().toString(), "judge")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start());
            judge.ask(Map.of("op", "genesis", "spec", spec.toString()));
            return judge;
        } finally {
            Files.delete(spec);
        }
    }

    /** Calls an entry point and keeps what it wrote; empty where the runtime panicked. */
    public Optional<byte[]> call(String method, byte[] arguments) {
        return call(method, arguments, true);
    }

    /** Calls an entry point and keeps nothing of what it wrote; empty where the runtime panicked. */
    public Optional<byte[]> tryCall(String method, byte[] arguments) {
        return call(method, arguments, false);
    }

    private Optional<byte[]> call(String method, byte[] arguments, boolean commit) {
        JsonNode answer = exchange(Map.of("op", "call", "method", method, "data", Hex.encode(arguments), "commit", commit));
        return Optional.ofNullable(answer.get("result")).map(Vectors::bytes);
    }

    /** Every key that changed since the last question of this kind: the new value, or {@code deleted}. */
    public Map<String, String> changes() {
        Map<String, String> changes = new TreeMap<>();
        ask(Map.of("op", "changes")).get("changes").properties().forEach(
                change -> changes.put(change.getKey(), change.getValue().isNull() ? "deleted" : change.getValue().asText()));
        return changes;
    }

    /** Goes back to genesis. */
    public void reset() {
        ask(Map.of("op", "reset"));
        changes();
    }

    private JsonNode ask(Map<String, Object> question) {
        JsonNode answer = exchange(question);
        if (answer.has("error")) {
            throw new IllegalStateException(question.get("op") + ": " + answer.get("error").asText());
        }
        return answer;
    }

    private JsonNode exchange(Map<String, Object> question) {
        try {
            questions.write(JSON.writeValueAsString(question) + "\n");
            questions.flush();
            return JSON.readTree(Optional.ofNullable(answers.readLine())
                    .orElseThrow(() -> new IOException("the judge ended instead of answering " + question)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
