package io.vilokanam.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.FileRows;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.worker.LocalStore;
import io.vilokanam.scale.Bytes;

/**
 * The collector alone, on one thread: words a second, memory a session, what writing behind costs, and how fast a new process has
 * all sessions again. Arguments: sessions, rounds.
 */
public final class CollectorNumbers {

    private static final double NANOS = 1e9;
    private static final int SESSIONS = 1_000_000;
    private static final int ROUNDS = 6;

    private CollectorNumbers() {}

    public static void main(String[] arguments) throws Exception {
        int sessions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : SESSIONS;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        try (WorkFolder work = WorkFolder.create("collector")) {
            run(work.path(), sessions, rounds);
        }
    }

    private static void run(Path folder, int sessions, int rounds) throws Exception {
        Crowd crowd = new Crowd(100, 60, System.currentTimeMillis());
        long before = usedBytes();
        FileRows rows = new FileRows(folder, new NoSecrets());
        TickCollector collector = open(crowd, rows, sessions);
        for (long id = 0; id < sessions; id++) {
            collector.look(id);
        }
        line("%,d sessions: %.0f bytes of heap each", sessions, (double) (usedBytes() - before) / sessions);
        flush(collector, rows);
        for (int tick = 1; tick <= rounds; tick++) {
            double nanos = WordChecks.take(collector, crowd, sessions, tick);
            line("round %d: %,.0f words a second of one core, %.0f ns each", tick, sessions / (nanos / NANOS),
                    nanos / sessions);
            flush(collector, rows);
        }
        line("file of %,d bytes", rows.size());
        rows.close();
        long begun = System.nanoTime();
        try (FileRows again = new FileRows(folder, new NoSecrets())) {
            TickCollector restored = open(crowd, again, sessions);
            int lost = restored.restore();
            line("restored %,d sessions in %.2f s, %d lost", restored.size(), (System.nanoTime() - begun) / NANOS,
                    lost);
        }
    }

    private static TickCollector open(Crowd crowd, FileRows rows, int sessions) throws IOException {
        TickCollector collector = new TickCollector(crowd, rows, Clock.systemUTC(),
                new CollectorOptions(2 * sessions + 64, 4_096));
        collector.onBestBlock(1, Crowd.LIMITS);
        return collector;
    }

    private static void flush(TickCollector collector, FileRows rows) throws IOException {
        long begun = System.nanoTime();
        double used = processorSeconds();
        collector.flush();
        double written = (System.nanoTime() - begun) / NANOS;
        double writing = processorSeconds() - used;
        rows.force();
        line("  all rows written behind in %.3f s (%.3f s of processor time), on the disk %.3f s later (%.3f s)",
                written,
                writing, (System.nanoTime() - begun) / NANOS - written, processorSeconds() - used - writing);
    }

    private static double processorSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / NANOS;
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Nobody closes a session here. */
    private static final class NoSecrets implements LocalStore {

        @Override
        public Optional<Bytes> get(Bytes key) {
            return Optional.empty();
        }

        @Override
        public void write(java.util.List<Change> changes) {
            throw new IllegalStateException("nobody has released a secret: " + changes);
        }

        @Override
        public void forEach(Bytes prefix, BiConsumer<Bytes, Bytes> entry) {
            // Nothing is stored: there is nothing to show.
        }
    }
}
