package io.vilokanam.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a validator stays as large as it is while it works: calls, transfers, subscribers that come and go, viewers whose
 * connections come and go and who release a word a second, a peer that is ended and started again. Prints each minute what the
 * process holds, and ends with an error where the median of the last third of the minutes is beyond that of the first third by more
 * than is tolerated. Less than half an hour says little: caches and the database's buffers fill first.
 *
 * <p>Arguments: minutes (60), sessions (1,000).
 */
public final class Soak {

    private static final int STREAMS = 10;
    private static final int VIEWERS_CONNECTIONS = 16;
    /** Viewers connect anew behind so many words. */
    private static final int WORDS_A_CONNECTION = 60;
    private static final int WORD_MILLIS = 1_000;
    private static final Duration PEER_LIVES = Duration.ofMinutes(5);
    /** The heap is collected, and looked at, every so many minutes. */
    private static final int MINUTES_A_COLLECTION = 5;
    private static final double MIB = 1 << 20;
    /** Number, instances, bytes, class. */
    private static final Pattern HISTOGRAM_ROW = Pattern.compile("^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)");

    /** What the process held when a minute was over; the heap not in each minute. */
    private record Row(int minute, double resident, double heap, double files, double sockets, double threads,
            double cores,
            double best, double pool) {}

    /** What is tolerated: a part of what was held in the first third, and so much more. */
    private record Bound(String name, ToDoubleFunction<Row> held, double part, double more) {

        private boolean isKept(List<Row> rows) {
            int third = rows.size() / 3;
            double first = median(rows.subList(0, third));
            double last = median(rows.subList(rows.size() - third, rows.size()));
            boolean isKept = !(last > first * (1 + part) + more);
            line("%-22s first third %8.1f   last third %8.1f   tolerated %8.1f   %s", name, first, last,
                    first * (1 + part) + more, isKept ? "flat" : "GREW");
            return isKept;
        }

        private double median(List<Row> rows) {
            double[] values = rows.stream().mapToDouble(held).filter(value -> !Double.isNaN(value)).sorted().toArray();
            return values.length == 0 ? Double.NaN : values[values.length / 2];
        }
    }

    private static final List<Bound> BOUNDS = List.of(new Bound("resident MiB", Row::resident, 0.1, 16),
            new Bound("live heap MiB", Row::heap, 0.1, 8), new Bound("open files", Row::files, 0, 16),
            new Bound("open connections", Row::sockets, 0, 16), new Bound("threads", Row::threads, 0, 8));

    private final int minutes;
    private final int sessions;
    private final Path work;
    private final CrowdNode node;
    private long wordsAccepted;
    private long wordsOther;
    private int peers;

    private Soak(int minutes, int sessions, Path work) throws IOException {
        this.minutes = minutes;
        this.sessions = sessions;
        this.work = work;
        this.node = new CrowdNode(work);
    }

    public static void main(String[] arguments) throws Exception {
        int minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        int sessions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        boolean isFlat;
        try (WorkFolder work = WorkFolder.create("soak")) {
            isFlat = new Soak(minutes, sessions, work.path()).run();
        }
        System.exit(isFlat ? 0 : 1);
    }

    private boolean run() throws Exception {
        int words = (minutes + 10) * 60;
        Crowd crowd = new Crowd(STREAMS, words, System.currentTimeMillis() - 60_000);
        CrowdChain.make(node.base(), node.spec(), crowd, sessions, STREAMS);
        List<Row> rows;
        try (RunningProgram program = node.start("validator");
                SoakLoad load = SoakLoad.on(node);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos() + Duration.ofSeconds(5).toNanos();
            List<Future<?>> works = List.of(threads.submit(() -> {
                load.run(end);
                return null;
            }), threads.submit(() -> {
                view(crowd, end);
                return null;
            }), threads.submit(() -> {
                keepPeer(end);
                return null;
            }));
            try {
                rows = watch(program, works);
            } catch (IOException | ExecutionException e) {
                threads.shutdownNow();
                throw new IOException("the node's last words: " + program.lastLines(), e);
            }
            for (Future<?> done : works) {
                done.get();
            }
            line("%s; %,d words accepted, %,d answered otherwise; a peer came %d times", load.summary(), wordsAccepted,
                    wordsOther, peers);
        }
        boolean isFlat = true;
        for (Bound bound : BOUNDS) {
            isFlat &= bound.isKept(rows);
        }
        return isFlat;
    }

    private List<Row> watch(RunningProgram program, List<Future<?>> works) throws Exception {
        line("%6s %9s %9s %6s %12s %8s %6s %8s %6s", "minute", "RSS MiB", "live MiB", "files", "connections", "threads",
                "cores", "best", "pool");
        List<Row> rows = new ArrayList<>();
        long begun = System.nanoTime();
        double processor = program.processorTime().toMillis();
        for (int minute = 1; minute <= minutes; minute++) {
            TimeUnit.NANOSECONDS.sleep(begun + Duration.ofMinutes(minute).toNanos() - System.nanoTime());
            for (Future<?> done : works) {
                if (done.isDone()) {
                    done.get();
                }
            }
            double now = program.processorTime().toMillis();
            Row row = row(minute, program, (now - processor) / 60_000);
            processor = now;
            rows.add(row);
            line("%6d %9.1f %9s %6.0f %12.0f %8.0f %6.2f %8.0f %6.0f", minute, row.resident,
                    Double.isNaN(row.heap) ? "" : String.format(Locale.ROOT, "%.1f", row.heap), row.files, row.sockets,
                    row.threads, row.cores, row.best, row.pool);
        }
        return rows;
    }

    private Row row(int minute, RunningProgram program, double cores) throws IOException, InterruptedException {
        double resident = program.residentKibibytes() / 1_024.0;
        long files = 0;
        long sockets = 0;
        Path process = Path.of("/proc", Long.toString(program.id()));
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            for (Path handle : open.toList()) {
                if (Files.isSymbolicLink(handle) && Files.readSymbolicLink(handle).toString().startsWith("socket:")) {
                    sockets++;
                } else {
                    files++;
                }
            }
        }
        double threads;
        try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
            threads = tasks.count();
        }
        Map<String, Double> metrics = node.metrics(row -> row.startsWith("substrate_ready_transactions_number"));
        double heap = minute % MINUTES_A_COLLECTION == 0 ? live(program) / MIB : Double.NaN;
        return new Row(minute, resident, heap, files, sockets, threads, cores, node.height(),
                metrics.get("substrate_ready_transactions_number"));
    }

    /** Bytes of all objects that can be reached, behind a full collection; what fills holes of the heap does not count. */
    private static long live(RunningProgram program) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(tool.toString(), Long.toString(program.id()), "GC.class_histogram")
                .redirectErrorStream(true).start();
        long bytes = 0;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher row = HISTOGRAM_ROW.matcher(line);
                if (row.find() && !row.group(2).contains("FillerElement")) {
                    bytes += Long.parseLong(row.group(1));
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("jcmd ended with exit code " + process.exitValue());
        }
        return bytes;
    }

    /** Each session a word a second; what was not sent in time is not sent at all. */
    private void view(Crowd crowd, long end) throws IOException {
        int word = 1;
        while (System.nanoTime() < end) {
            try (CrowdLoad load = CrowdLoad.connect(crowd, node.tickPort(), sessions, VIEWERS_CONNECTIONS)) {
                CrowdLoad.Outcome outcome = load.run(word, WORDS_A_CONNECTION, WORD_MILLIS, () -> {});
                wordsAccepted += outcome.accepted();
                wordsOther += outcome.other();
                word += WORDS_A_CONNECTION;
            }
        }
    }

    /** A full node of the same chain, which is ended and comes back. */
    private void keepPeer(long end) throws IOException, InterruptedException {
        String address = node.listenAddresses().get(0).asText();
        int rpc = RunningProgram.freePort();
        while (System.nanoTime() < end) {
            long until = Math.min(end, System.nanoTime() + PEER_LIVES.toNanos());
            try (RunningProgram peer = node.launch("peer",
                    List.of("--base-path", work.resolve("peer").toString(), "--rpc-port", Integer.toString(rpc),
                            "--no-prometheus", "--tick-listen-addr", "127.0.0.1:0", "--bootnodes", address))) {
                peers++;
                peer.awaitAnswer(rpc, CrowdNode.START_MAX);
                TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
            }
        }
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
