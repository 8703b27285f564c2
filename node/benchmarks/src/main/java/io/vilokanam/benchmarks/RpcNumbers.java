package io.vilokanam.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.scale.Bytes;

/**
 * Prints how many JSON-RPC requests a second a node answers, and how long an answer takes: ours beside a stock node in the same
 * run where {@code REFCHAIN_NODE} names one. Both stand at genesis of the recorded chain with 40,000 accounts; clients and node
 * share this machine. Beside each figure stand the median and the 99th percentile of the time to an answer, and the processor
 * time that the node itself used for a request, by its own threads of all kinds: what that says does not depend on what else the
 * machine does.
 *
 * <p>Arguments: the launcher, the folder of the recordings, seconds a measurement (default: 4), and a regex of the measurements
 * wanted (default: all).
 */
public final class RpcNumbers {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final String ACCOUNTS = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
    private static final String ROW = "%-32s %9s %15s %9s %9s %15s %9s %6s %6s%n";
    private static final int CLIENTS = 32;
    private static final int BATCH_CLIENTS = 8;
    private static final int BATCH = 100;
    private static final int SUBSCRIBERS = 1_000;
    /** What is measured. */
    private static final String HEADER = "chain_getHeader";
    private static final String STORAGE = "state_getStorage";
    private static final String NONCE = "system_accountNextIndex";
    private static final String KEYS = "state_getKeysPaged(1000)";
    private static final String BATCHES = "batches of 100 chain_getHeader";
    private static final String SUBMISSION = "submission of 20,000 transfers";
    private static final String MORE = "submission of 20,000 more";
    private static final List<String> LOADS = List.of(HEADER, STORAGE, NONCE, KEYS, BATCHES, SUBMISSION, MORE);
    private static final String SUBSCRIBERS_NAME = "1,000 subscribers of new heads";
    private static final int HEADS = 6;
    private static final Duration BLOCK_TIME = Duration.ofSeconds(2);
    private static final int ACCOUNT_DIGITS = 64;
    private static final int SS58_PREFIX = 42;

    /** Requests that come in turn. */
    private static final int VARIETY = 1_000;
    private static final int TRANSFERS = 20_000;
    private static final int SENDERS = 500;

    private record Load(int clients, RpcLoad.Requests requests) {

        private static Load inTurn(int clients, IntFunction<String> body) {
            return new Load(clients, new RpcLoad.Requests(VARIETY, false, body));
        }
    }

    /** What one node did under one load, and the node's processor time for each request in microseconds. */
    private record Measured(RpcLoad.Figures figures, double processorMicros) {}

    private final Duration time;
    private final Pattern wanted;
    private final Path work;

    private RpcNumbers(Duration time, Pattern wanted, Path work) {
        this.time = time;
        this.wanted = wanted;
        this.work = work;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("expected: LAUNCHER RECORDINGS [SECONDS [REGEX]]");
            System.exit(2);
        }
        try (WorkFolder work = WorkFolder.create("rpc-numbers")) {
            Path spec = work.path().resolve("bench.raw.json");
            try (GZIPInputStream in = new GZIPInputStream(
                    Files.newInputStream(Path.of(arguments[1]).resolve("bench.raw.json.gz")))) {
                Files.copy(in, spec, StandardCopyOption.REPLACE_EXISTING);
            }
            RpcNumbers numbers = new RpcNumbers(
                    Duration.ofSeconds(arguments.length > 2 ? Long.parseLong(arguments[2]) : 4),
                    Pattern.compile(arguments.length > 3 ? arguments[3] : ".*"), work.path());
            List<String> ourCommand = List.of(arguments[0]);
            Map<String, Measured> ours = numbers.run("vilokanam", ourCommand, spec);
            Map<String, Measured> stock = Map.of();
            Optional<String> node = Optional.ofNullable(System.getenv("REFCHAIN_NODE")).filter(path -> !path.isEmpty());
            List<String> stockCommand = List.of(node.orElse(""), "--no-mdns", "--no-telemetry", "--listen-addr",
                    "/ip4/127.0.0.1/tcp/0");
            if (node.isPresent()) {
                stock = numbers.run("stock", stockCommand, spec);
            }
            print(ours, stock);
            if (numbers.wanted.matcher(SUBSCRIBERS_NAME).find()) {
                print("vilokanam", numbers.subscribers("vilokanam", ourCommand, spec));
                if (node.isPresent()) {
                    print("stock", numbers.subscribers("stock", stockCommand, spec));
                }
            }
        }
    }

    /** A node of its own, which authors the blocks that the subscribers hear of. */
    private RpcSubscribers.Figures subscribers(String name, List<String> program, Path spec)
            throws IOException, InterruptedException {
        int port = RunningProgram.freePort();
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("--chain", spec.toString(), "--base-path", work.resolve(name + "-author").toString(),
                "--no-prometheus", "--rpc-port", Integer.toString(port), "--rpc-max-connections",
                Integer.toString(2 * SUBSCRIBERS), "--alice", "--validator", "--force-authoring",
                "--unsafe-force-node-key-generation"));
        try (RunningProgram node = RunningProgram.start(command, work.resolve(name + "-author.log"))) {
            node.awaitAnswer(port, START_LIMIT);
            return RpcSubscribers.measure(node, port, SUBSCRIBERS, HEADS, BLOCK_TIME);
        }
    }

    private static void print(String name, RpcSubscribers.Figures figures) {
        System.out.printf(Locale.ROOT,
                "%s, %s: a head is with the median one %.2f ms and with 99 of 100 %.2f ms after the first; "
                        + "%.1f ms of processor time a head; %.1f KiB each%n",
                SUBSCRIBERS_NAME, name, figures.medianMillis(), figures.p99Millis(), figures.processorMillis(),
                figures.kibibytes());
    }

    private Map<String, Measured> run(String name, List<String> program, Path spec)
            throws IOException, InterruptedException {
        if (LOADS.stream().noneMatch(load -> wanted.matcher(load).find())) {
            return Map.of();
        }
        int port = RunningProgram.freePort();
        List<String> command = new ArrayList<>(program);
        command.addAll(
                List.of("--chain", spec.toString(), "--base-path", work.resolve(name).toString(), "--no-prometheus",
                        "--rpc-port", Integer.toString(port), "--pool-limit", Integer.toString(3 * TRANSFERS),
                        "--pool-kbytes", "100000"));
        Map<String, Measured> figures = new LinkedHashMap<>();
        try (RunningProgram node = RunningProgram.start(command, work.resolve(name + ".log"))) {
            node.awaitAnswer(port, START_LIMIT);
            Map<String, Load> loads = loads(new RpcClient(port));
            loads.keySet().removeIf(load -> !wanted.matcher(load).find());
            // The first round is for the compiler and the caches; only the second one's figures stay.
            for (int round = 0; round < 2; round++) {
                for (Map.Entry<String, Load> load : loads.entrySet()) {
                    if (round == 0 && load.getValue().requests.isOnce()) {
                        continue;
                    }
                    figures.put(load.getKey(), measure(node, port, load.getValue()));
                }
            }
            System.out.printf(Locale.ROOT, "%s: %,d MiB resident at the end%n", name, node.residentKibibytes() / 1024);
        }
        return figures;
    }

    private Measured measure(RunningProgram node, int port, Load load) throws IOException {
        Duration before = node.processorTime();
        RpcLoad.Figures figures = RpcLoad.measure(port, load.clients, time, load.requests);
        Duration used = node.processorTime().minus(before);
        return new Measured(figures, used.toNanos() / 1e3 / figures.requests());
    }

    private static Map<String, Load> loads(RpcClient client) throws IOException, InterruptedException {
        List<String> keys = keys(client);
        Ss58 addresses = new Ss58(Blake2b::hash512);
        List<String> accounts = keys.stream().map(key -> addresses.encode(SS58_PREFIX,
                Bytes.fromHex(key.substring(key.length() - ACCOUNT_DIGITS)))).toList();
        String header = RpcClient.request("chain_getHeader", "[]");
        Map<String, Load> loads = new LinkedHashMap<>();
        loads.put(HEADER, Load.inTurn(CLIENTS, _ -> header));
        loads.put(STORAGE,
                Load.inTurn(CLIENTS, n -> RpcClient.request("state_getStorage", "[" + quoted(keys, n) + "]")));
        loads.put(NONCE,
                Load.inTurn(CLIENTS,
                        n -> RpcClient.request("system_accountNextIndex", "[" + quoted(accounts, n) + "]")));
        loads.put(KEYS, Load.inTurn(CLIENTS, n -> RpcClient.request("state_getKeysPaged",
                "[\"" + ACCOUNTS + "\",1000," + quoted(keys, n) + "]")));
        String batch = "[" + (header + ",").repeat(BATCH - 1) + header + "]";
        loads.put(BATCHES, Load.inTurn(BATCH_CLIENTS, _ -> batch));
        BenchTransfers transfers = new BenchTransfers(client.genesis(), SENDERS);
        loads.put(SUBMISSION, submission(transfers, 0));
        loads.put(MORE, submission(transfers, TRANSFERS));
        return loads;
    }

    private static Load submission(BenchTransfers transfers, int first) {
        return new Load(CLIENTS, new RpcLoad.Requests(TRANSFERS, true,
                n -> RpcClient.request("author_submitExtrinsic", "[\"" + transfers.transfer(first + n) + "\"]")));
    }

    private static String quoted(List<String> texts, int n) {
        return "\"" + texts.get(Math.floorMod(n * 31, texts.size())) + "\"";
    }

    /** The keys of the first accounts. */
    private static List<String> keys(RpcClient client) throws IOException, InterruptedException {
        List<String> keys = new ArrayList<>();
        client.ask("state_getKeysPaged", "[\"" + ACCOUNTS + "\",1000]").forEach(key -> keys.add(key.asText()));
        return keys;
    }

    private static void print(Map<String, Measured> ours, Map<String, Measured> stock) {
        if (ours.isEmpty()) {
            return;
        }
        System.out.printf(Locale.ROOT, ROW, "requests a second", "ours", "p50/p99 ms", "CPU us", "stock", "p50/p99 ms",
                "CPU us", "rate", "CPU");
        ours.forEach((name, own) -> {
            Optional<Measured> other = Optional.ofNullable(stock.get(name));
            System.out.printf(Locale.ROOT, ROW, name, rate(own), times(own), processor(own),
                    text(other, RpcNumbers::rate),
                    text(other, RpcNumbers::times), text(other, RpcNumbers::processor),
                    text(other, its -> ratio(own.figures.requestsPerSecond(), its.figures.requestsPerSecond())),
                    text(other, its -> ratio(own.processorMicros, its.processorMicros)));
        });
    }

    private static String text(Optional<Measured> measured, Function<Measured, String> text) {
        return measured.map(text).orElse("-");
    }

    private static String rate(Measured measured) {
        return String.format(Locale.ROOT, "%,.0f", measured.figures.requestsPerSecond());
    }

    private static String times(Measured measured) {
        return String.format(Locale.ROOT, "%.2f/%.2f", measured.figures.median(), measured.figures.p99());
    }

    private static String processor(Measured measured) {
        return String.format(Locale.ROOT, "%,.1f", measured.processorMicros);
    }

    private static String ratio(double ours, double stock) {
        return String.format(Locale.ROOT, "%.2f", ours / stock);
    }
}
