package io.vilokanam.runtime.differential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Refchain;

/** The stock runtime over an in-memory state: {@code refchain-node judge}, one JSON request a line, one answer a line. */
final class Judge implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    private Judge(Process process) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a judge at the genesis of a recorded raw spec. Skips the calling test where there is no stock node. */
    static Judge at(String rawSpec, Path folder) throws IOException {
        Path spec = Files.write(folder.resolve(rawSpec), Refchain.file(rawSpec));
        Process process = new ProcessBuilder(Refchain.stockNode().toString(), "judge")
                .redirectError(folder.resolve("judge.log").toFile()).start();
        Judge judge = new Judge(process);
        judge.ask("genesis", "spec", spec.toString());
        return judge;
    }

    /** What the stock runtime answers, or how it panicked; what a successful call writes is kept with {@code commit}. */
    Answer call(String method, byte[] data, boolean commit) throws IOException {
        ObjectNode request = JSON.createObjectNode().put("op", "call").put("method", method).put("data", Hex.encode(data))
                .put("commit", commit);
        JsonNode answer = send(request);
        return answer.has("result") ? new Answer.Result(Bytes.fromHex(answer.get("result").asText()))
                : new Answer.Panic(answer.get("error").asText());
    }

    /** How a call ended. */
    sealed interface Answer {
        record Result(Bytes bytes) implements Answer {}

        record Panic(String reason) implements Answer {}
    }

    /** What was written since this was last asked; empty where a key was deleted. */
    SortedMap<Bytes, Optional<Bytes>> changes() throws IOException {
        SortedMap<Bytes, Optional<Bytes>> changes = new TreeMap<>();
        ask("changes").get("changes").properties()
                .forEach(entry -> changes.put(Bytes.fromHex(entry.getKey()), entry.getValue().isNull() ? Optional.empty()
                        : Optional.of(Bytes.fromHex(entry.getValue().asText()))));
        return changes;
    }

    String root() throws IOException {
        return ask("root").get("root").asText();
    }

    private JsonNode ask(String operation, String... fields) throws IOException {
        ObjectNode request = JSON.createObjectNode().put("op", operation);
        for (int i = 0; i < fields.length; i += 2) {
            request.put(fields[i], fields[i + 1]);
        }
        return send(request);
    }

    private JsonNode send(ObjectNode request) throws IOException {
        requests.write(JSON.writeValueAsString(request) + "\n");
        requests.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the judge ended at " + request.get("op"));
        }
        return JSON.readTree(line);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
