package io.vilokanam.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.offchain.collector.CollectorFullException;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;

/**
 * Prints what this machine needs for what a node does most, ours beside a stock node in the same run where
 * {@code REFCHAIN_NODE} names one: signed transfers a second at import, words checked a second, start, memory. Whole processes
 * by the wall clock: what is measured is what an operator sees, start of the JVM and compilation included.
 *
 * <p>Arguments: the launcher, the folder of the recordings, and which parts to measure ({@code import words start memory
 * peers}; all if none is named).
 */
public final class FirstNumbers {

    private static final Duration IMPORT_LIMIT = Duration.ofMinutes(5);
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int STARTS = 3;
    private static final int PEERS = 50;
    private static final Duration WITH_PEERS = Duration.ofSeconds(30);
    private static final long WORDS_MILLIS = 2_000;
    private static final int WORD_ROUNDS = 4;

    private final Program ours;
    private final Optional<Program> stock;
    private final Path recordings;
    private final Path work;

    private FirstNumbers(Program ours, Optional<Program> stock, Path recordings, Path work) {
        this.ours = ours;
        this.stock = stock;
        this.recordings = recordings;
        this.work = work;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("expected: LAUNCHER RECORDINGS [import] [words] [start] [memory] [peers]");
            System.exit(2);
        }
        List<String> parts = List.of(arguments).subList(2, arguments.length);
        try (WorkFolder work = WorkFolder.create("numbers")) {
            Optional<Program> stock = Optional.ofNullable(System.getenv("REFCHAIN_NODE"))
                    .filter(path -> !path.isEmpty())
                    .map(path -> Program.stock(Path.of(path)));
            new FirstNumbers(Program.ours(Path.of(arguments[0])), stock, Path.of(arguments[1]), work.path())
                    .print(parts.isEmpty() ? List.of("import", "words", "start", "memory", "peers") : parts);
        }
    }

    private void print(List<String> parts) throws Exception {
        line("%s, %s, %d cores, Java %s, stock node: %s", Instant.now().truncatedTo(ChronoUnit.SECONDS), processor(),
                Runtime.getRuntime().availableProcessors(), Runtime.version(),
                stock.map(program -> program.executable().toString()).orElse("none, REFCHAIN_NODE is not set"));
        line("");
        line("%-58s %14s %14s %8s", "", "ours", "stock", "ratio");
        for (String part : parts) {
            switch (part) {
                case "import" -> printImport();
                case "words" -> printWords();
                case "start" -> printStart();
                case "memory" -> printMemory();
                case "peers" -> printPeers();
                default -> throw new IllegalArgumentException("no part is named " + part);
            }
        }
    }

    private void printImport() throws IOException, InterruptedException {
        if (!BenchChain.isIn(recordings)) {
            line("import: %s holds no bench.blocks.gz and bench.raw.json.gz, not measured", recordings);
            return;
        }
        BenchChain chain = BenchChain.unpack(recordings, work);
        double own = importSeconds(ours, chain);
        Optional<Double> other = Optional.empty();
        if (stock.isPresent()) {
            other = Optional.of(importSeconds(stock.get(), chain));
        }
        row("signed transfers a second at import, all checks", chain.transfers() / own,
                other.map(seconds -> chain.transfers() / seconds), "%,.0f");
        row("  the same " + String.format(Locale.ROOT, "%,d", chain.transfers())
                + " transfers in seconds, whole process", own,
                other, "%.2f");
    }

    /** From start to end of a process that imports the whole chain into a new database and verifies all of it. */
    private double importSeconds(Program program, BenchChain chain) throws IOException, InterruptedException {
        try (WorkFolder base = new WorkFolder(Files.createDirectory(work.resolve("import-" + program.name())));
                RunningProgram run = RunningProgram.start(
                        program.importBlocks(chain.rawSpec(), base.path(), chain.blocks()),
                        work.resolve(program.name() + "-import.log"))) {
            Duration took = run.awaitEnd(IMPORT_LIMIT);
            if (!run.lastLines().contains("#" + chain.best())) {
                throw new IOException(
                        program.name() + " did not import up to #" + chain.best() + ": " + run.lastLines());
            }
            return seconds(took);
        }
    }

    private void printWords() throws ChainUnavailableException, CollectorFullException {
        WordChecks.hashed(WORDS_MILLIS / 2);
        row("words checked a second, one core: hashing", WordChecks.hashed(WORDS_MILLIS), Optional.empty(), "%,.0f");
        row("  all that the collector does for a word", WordChecks.collected(WORD_ROUNDS), Optional.empty(), "%,.0f");
    }

    private void printStart() throws IOException, InterruptedException {
        double own = medianStart(ours);
        Optional<Double> other = Optional.empty();
        if (stock.isPresent()) {
            other = Optional.of(medianStart(stock.get()));
        }
        row("seconds from process start to first RPC answer, --dev", own, other, "%.2f");
    }

    private double medianStart(Program program) throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            int port = RunningProgram.freePort();
            try (RunningProgram run = RunningProgram.start(program.dev(port),
                    work.resolve(program.name() + "-dev.log"))) {
                seconds.add(seconds(run.awaitAnswer(port, START_LIMIT)));
            }
        }
        seconds.sort(Comparator.naturalOrder());
        return seconds.get(STARTS / 2);
    }

    private void printMemory() throws IOException, InterruptedException {
        double own = idleMebibytes(ours);
        Optional<Double> other = Optional.empty();
        if (stock.isPresent()) {
            other = Optional.of(idleMebibytes(stock.get()));
        }
        row("resident MiB of a dev node, " + IDLE.toSeconds() + " s after its start", own, other, "%,.0f");
    }

    private double idleMebibytes(Program program) throws IOException, InterruptedException {
        int port = RunningProgram.freePort();
        try (RunningProgram run = RunningProgram.start(program.dev(port), work.resolve(program.name() + "-idle.log"))) {
            run.awaitAnswer(port, START_LIMIT);
            Thread.sleep(IDLE);
            return run.residentKibibytes() / 1024.0;
        }
    }

    private void printPeers() throws IOException, InterruptedException {
        Validating own = validate(ours);
        Optional<Validating> other = Optional.empty();
        if (stock.isPresent()) {
            other = Optional.of(validate(stock.get()));
        }
        row("resident MiB of a validator alone, " + WITH_PEERS.toSeconds() + " s after its start", own.alone,
                other.map(Validating::alone), "%,.0f");
        row("  with " + PEERS + " peers, " + WITH_PEERS.toSeconds() + " s after they came", own.withPeers,
                other.map(Validating::withPeers), "%,.0f");
    }

    /** MiB that a validator held. */
    private record Validating(double alone, double withPeers) {}

    private Validating validate(Program program) throws IOException, InterruptedException {
        RpcClient client = new RpcClient(RunningProgram.freePort());
        int peersPort = RunningProgram.freePort();
        try (RunningProgram run = RunningProgram.start(
                program.validator(client.port(), peersPort, 2 * PEERS, work.resolve(program.name() + "-validator")),
                work.resolve(program.name() + "-validator.log"))) {
            run.awaitAnswer(client.port(), START_LIMIT);
            Thread.sleep(WITH_PEERS);
            double alone = run.residentKibibytes() / 1024.0;
            try (PeerCrowd crowd = PeerCrowd.of(PEERS, address(client, peersPort), client.genesis(), START_LIMIT)) {
                Thread.sleep(WITH_PEERS);
                JsonNode health = client.ask("system_health", "[]");
                if (health.get("peers").asInt() != crowd.size()) {
                    throw new IOException("expected " + crowd.size() + " peers, the node says " + health);
                }
                return new Validating(alone, run.residentKibibytes() / 1024.0);
            }
        }
    }

    private static Multiaddr address(RpcClient client, int peersPort) throws IOException, InterruptedException {
        try {
            return Multiaddr.parse("/ip4/127.0.0.1/tcp/" + peersPort + "/p2p/"
                    + client.ask("system_localPeerId", "[]").asText());
        } catch (AddressException e) {
            throw new IOException("the node's own id is malformed", e);
        }
    }

    private static void row(String what, double own, Optional<Double> other, String format) {
        line("%-58s %14s %14s %8s", what, String.format(Locale.ROOT, format, own),
                other.map(value -> String.format(Locale.ROOT, format, value)).orElse("-"),
                other.map(value -> String.format(Locale.ROOT, "%.2f", own / value)).orElse("-"));
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String processor() throws IOException {
        Path facts = Path.of("/proc/cpuinfo");
        if (!Files.exists(facts)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(facts)) {
            return lines.filter(text -> text.startsWith("model name")).findFirst()
                    .map(text -> text.substring(text.indexOf(':') + 1).strip()).orElse(System.getProperty("os.arch"));
        }
    }
}
