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

    /** How a call ended. */
    public sealed interface Answer {
        record Result(byte[] bytes) implements Answer {}

        /** The runtime panicked; nothing of the call was kept. */
        record Panic(String reason) implements Answer {}
    }

    private StockJudge(Process process) {
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the node at the genesis of a recorded raw spec, e.g. {@code dev.raw.json}. */
    public static StockJudge atGenesisOf(String rawSpec) throws IOException {
        StockJudge judge = new StockJudge(new ProcessBuilder(Refchain.stockNode().toString(), "judge")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start());
        judge.goToGenesisOf(rawSpec);
        return judge;
    }

    /** Leaves all behind and stands at the genesis of a recorded raw spec. */
    public void goToGenesisOf(String rawSpec) throws IOException {
        Path spec = Files.createTempFile("genesis", ".json");
        try {
            Files.write(spec, Refchain.file(rawSpec));
            ask(Map.of("op", "genesis", "spec", spec.toString()));
            changes();
        } finally {
            Files.delete(spec);
        }
    }

    /** Calls an entry point; what it wrote is kept with {@code commit}. */
    public Answer call(String method, byte[] arguments, boolean commit) {
        JsonNode answer = exchange(
                Map.of("op", "call", "method", method, "data", Hex.encode(arguments), "commit", commit));
        return answer.has("result") ? new Answer.Result(Vectors.bytes(answer.get("result")))
                : new Answer.Panic(answer.get("error").asText());
    }

    /** Every key that changed since the last question of this kind, in hex: the new value, empty where it was deleted. */
    public Map<String, Optional<byte[]>> changes() {
        Map<String, Optional<byte[]>> changes = new TreeMap<>();
        ask(Map.of("op", "changes")).get("changes").properties().forEach(change -> changes.put(change.getKey(),
                change.getValue().isNull() ? Optional.empty() : Optional.of(Vectors.bytes(change.getValue()))));
        return changes;
    }

    /** The value under a key, empty where there is none. */
    public Optional<byte[]> get(byte[] key) {
        JsonNode value = ask(Map.of("op", "get", "key", Hex.encode(key))).get("value");
        return value.isNull() ? Optional.empty() : Optional.of(Vectors.bytes(value));
    }

    /** The root of the state. */
    public byte[] root() {
        return Vectors.bytes(ask(Map.of("op", "root")).get("root"));
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
                    .orElseThrow(() -> new IOException("the judge ended instead of answering " + question.get("op"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
