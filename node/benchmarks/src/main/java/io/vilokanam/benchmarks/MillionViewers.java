package io.vilokanam.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/**
 * A whole node with open sessions on its chain, and viewers in a process of their own: each session a word a second, on real
 * connections, with settlement. Prints what the node needed, how far settlement was behind, and what the chain had to bear; beside it
 * the naive design, in which each tick is a signed transaction. Then ends the node, starts it again, and measures until it takes words.
 *
 * <p>Arguments: sessions, connections, seconds.
 */
public final class MillionViewers {

    private static final int STREAMS = 100;
    private static final int TICKS = 4_000;
    /** Connections that send their first words at the same time. */
    private static final int AT_ONCE = 32;
    private static final long PER_SECOND = 1_000_000_000_000L;
    private static final double NANOS = 1e9;

    private final int sessions;
    private final int connections;
    private final int seconds;
    private final CrowdNode node;
    private double lagMax;
    private double weightMax;
    private double roundLast;

    private MillionViewers(int sessions, int connections, int seconds, Path work) throws IOException {
        this.sessions = sessions;
        this.connections = connections;
        this.seconds = seconds;
        this.node = new CrowdNode(work);
    }

    public static void main(String[] arguments) throws Exception {
        int sessions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int connections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 300;
        try (WorkFolder work = WorkFolder.create("viewers")) {
            new MillionViewers(sessions, connections, seconds, work.path()).run();
        }
    }

    private void run() throws Exception {
        long begun = System.nanoTime();
        Crowd crowd = new Crowd(STREAMS, TICKS, System.currentTimeMillis() - 60_000);
        CrowdChain.make(node.base(), node.spec(), crowd, sessions, STREAMS);
        line("a chain with %,d open sessions of %d streams, made in %.0f s", sessions, STREAMS, since(begun));
        int next;
        try (RunningProgram program = node.start("first")) {
            try (CrowdLoad load = CrowdLoad.connect(crowd, node.tickPort(), sessions, connections)) {
                double before = cpu(program);
                long warming = System.nanoTime();
                long first = load.all(1, AT_ONCE);
                line("first words: %,d accepted in %.0f s, %.1f s of processor time of the node: the chain is asked about each session",
                        first, since(warming), cpu(program) - before);
                measure(program, load);
            } catch (IOException | UncheckedIOException e) {
                throw new IOException("the node's last words: " + program.lastLines(), e);
            }
            next = 2 + seconds;
        }
        restart(crowd, next);
    }

    private void measure(RunningProgram program, CrowdLoad load) throws Exception {
        long height = node.height();
        double cpu = cpu(program);
        double own = ownCpu();
        Map<String, Double> before = metrics();
        long disk = size(node.base());
        long begun = System.nanoTime();
        CrowdLoad.Outcome outcome = load.run(2, seconds, 1_000, this::watch);
        double took = since(begun);
        double used = cpu(program) - cpu;
        Map<String, Double> after = metrics();
        line("%,d viewers on %,d connections for %d s:", sessions, connections, seconds);
        line("  words sent %,d, not sent as the connection was full %,d, accepted %,d, answered otherwise %,d",
                outcome.sent(), outcome.skipped(), outcome.accepted(), outcome.other());
        line("  accepted a second %,.0f; a message answered after %.1f ms (median), %.1f ms (p99), %.0f ms (worst)",
                outcome.accepted() / took, outcome.medianMillis(), outcome.p99Millis(), outcome.maxMillis());
        line("  node: %.1f s of processor time, %.2f cores, %.0f ns a word; client: %.2f cores", used, used / took,
                used * NANOS / Math.max(1, outcome.accepted()), (ownCpu() - own) / took);
        line("  node: %,d MiB resident", program.residentKibibytes() / 1_024);
        settlement(before, after, height, took, size(node.base()) - disk);
    }

    private void settlement(Map<String, Double> before, Map<String, Double> after, long first, double took, long disk)
            throws Exception {
        long last = node.height();
        long blocks = Math.max(1, last - first);
        double entries = after.get("vilokanam_tick_entries_total") - before.get("vilokanam_tick_entries_total");
        double hashes = after.get("vilokanam_tick_hashes_total") - before.get("vilokanam_tick_hashes_total");
        long bytes = 0;
        long weight = 0;
        long heaviest = 0;
        for (long number = first + 1; number <= last; number++) {
            String hash = node.ask("chain_getBlockHash", "[" + number + "]").asText();
            for (JsonNode extrinsic : node.ask("chain_getBlock", "[\"" + hash + "\"]").get("block").get("extrinsics")) {
                bytes += extrinsic.asText().length() / 2 - 1;
            }
            long normal = normalWeight(hash);
            weight += normal;
            heaviest = Math.max(heaviest, normal);
        }
        line("  %,d blocks; sent %,.0f entries of %,.0f ticks in %,.0f batches, of which the pool refused %,.0f",
                blocks,
                entries, hashes, after.get("vilokanam_tick_batches_total") - before.get("vilokanam_tick_batches_total"),
                after.get("vilokanam_tick_batches_refused_total") - before.get("vilokanam_tick_batches_refused_total"));
        line("  settlement lag: at most %.0f blocks seen, a round through all sessions %.0f blocks", lagMax, roundLast);
        line("  chain bytes a block %,d, a second %,.0f; normal weight a block %.0f ms of 750 (mean), %.0f ms (most)",
                bytes / blocks, bytes / took, weight * 1e3 / PER_SECOND / blocks, heaviest * 1e3 / PER_SECOND);
        line("  on disk %,d MiB more", disk >> 20);
        naive();
    }

    /** What one signed {@code claim} of one tick weighs and how long it is, times all viewers. */
    private void naive() throws Exception {
        ScaleOutput claim = new ScaleOutput().u8(0x84).u8(0).raw(new byte[32]).u8(1).raw(new byte[64]).u8(0).u8(4).u8(0)
                .u8(0)
                .u8(20).u8(5);
        Entry.CODEC.encode(new Entry(sessions - 1, 300, Bytes.wrap(new byte[32]), java.util.Optional.empty()), claim);
        byte[] wire = new ScaleOutput().bytes(claim.toByteArray()).toByteArray();
        String question = Bytes.wrap(new ScaleOutput().raw(wire).u32(wire.length).toByteArray()).hex();
        String answer = node.ask("state_call", "[\"TransactionPaymentApi_query_info\",\"" + question + "\"]").asText();
        ScaleInput in = new ScaleInput(Bytes.fromHex(answer).view());
        double weight = in.compactU64() / (double) PER_SECOND;
        line("the naive design, a signed extrinsic a tick: %d bytes and %.0f us of call weight each; for %,d viewers %,.0f MB"
                + " and %,.0f s of weight a second, where a chain of 2 s blocks has 0.375", wire.length, weight * 1e6,
                sessions, (double) wire.length * sessions / 1e6, weight * sessions);
    }

    private long normalWeight(String block) throws Exception {
        String key = Bytes.wrap(CrowdChain.key("System", "BlockWeight")).hex();
        return new ScaleInput(
                Bytes.fromHex(node.ask("state_getStorage", "[\"" + key + "\",\"" + block + "\"]").asText()).view())
                .compactU64();
    }

    private void restart(Crowd crowd, int tick) throws Exception {
        long begun = System.nanoTime();
        try (RunningProgram program = node.start("again")) {
            double answered = since(begun);
            double used = cpu(program);
            try (CrowdLoad load = CrowdLoad.connect(crowd, node.tickPort(), sessions, connections)) {
                double connected = since(begun);
                CrowdLoad.Outcome outcome = load.run(tick, 1, 1_000, () -> {});
                line("started again: first RPC answer after %.1f s (%.1f s of processor time), all connected after %.1f s, then each session a word:"
                        + " %,d accepted, %,d others, p99 %.0f ms; %,.0f sessions known", answered, used, connected,
                        outcome.accepted(), outcome.other(), outcome.p99Millis(),
                        metrics().get("vilokanam_tick_sessions"));
            }
        }
    }

    private void watch() {
        try {
            Map<String, Double> now = metrics();
            lagMax = Math.max(lagMax, now.get("vilokanam_tick_settlement_lag_blocks"));
            weightMax = Math.max(weightMax, now.get("vilokanam_tick_settlement_weight_picoseconds"));
            roundLast = now.get("vilokanam_tick_settlement_round_blocks");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Double> metrics() throws IOException, InterruptedException {
        return node.metrics(row -> row.startsWith("vilokanam_tick_"));
    }

    private static double cpu(RunningProgram program) {
        return program.processorTime().toNanos() / NANOS;
    }

    private static double ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / NANOS;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / NANOS;
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
