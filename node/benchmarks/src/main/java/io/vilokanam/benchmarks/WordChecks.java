package io.vilokanam.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;

import io.vilokanam.crypto.hash.Sha2Chain;
import io.vilokanam.offchain.collector.CollectorFullException;
import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.RowStore;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.collector.Verdict;
import io.vilokanam.offchain.collector.WordBatch;
import io.vilokanam.offchain.collector.WordLimits;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;

/** How many words one core checks a second: the hashing alone, and all that the collector does for a word. */
final class WordChecks {

    /** Words of one session hashed in a row. */
    private static final int STEPS = 1_000;
    private static final int SESSIONS = 10_000;
    private static final int WORDS_A_SESSION = 30;
    private static final int BATCH = 256;
    private static final long STEP = 7_919;
    private static final double NANOS = 1e9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private WordChecks() {}

    /**
     * Hashes back along one chain for a while.
     *
     * @return words a second
     */
    static double hashed(long millis) {
        Sha2Chain chain = new Sha2Chain();
        byte[] salt = Inputs.bytes(Sha2Chain.SALT, 1);
        byte[] word = Inputs.bytes(Sha2Chain.WORD, 2);
        long begun = cpuNanos();
        long end = System.nanoTime() + millis * 1_000_000;
        long steps = 0;
        while (System.nanoTime() < end) {
            word = chain.walk(salt, word, STEPS);
            steps += STEPS;
        }
        return steps / ((cpuNanos() - begun) / NANOS);
    }

    /**
     * Hands each of {@code rounds} times ten thousand sessions, one after the other, their next words, as the listener would, each
     * word once.
     *
     * @return words a second of the last round
     */
    static double collected(int rounds) throws ChainUnavailableException, CollectorFullException {
        double rate = 0;
        for (int round = 0; round < rounds; round++) {
            Crowd crowd = new Crowd(1, WORDS_A_SESSION, System.currentTimeMillis());
            // Writing behind is another thread's work and not measured.
            TickCollector collector = new TickCollector(crowd, RowStore.NONE, Clock.systemUTC(),
                    CollectorOptions.STANDARD);
            collector.onBestBlock(1, Crowd.LIMITS);
            for (long id = 0; id < SESSIONS; id++) {
                collector.look(id);
            }
            long nanos = 0;
            for (int tick = 1; tick <= WORDS_A_SESSION; tick++) {
                nanos += take(collector, crowd, SESSIONS, tick);
            }
            rate = (double) SESSIONS * WORDS_A_SESSION / (nanos / NANOS);
        }
        return rate;
    }

    /**
     * Takes in word number {@code tick} of all sessions in batches.
     *
     * @return nanoseconds of processor time that the collector used
     */
    static long take(TickCollector collector, Crowd crowd, int sessions, int tick) {
        WordBatch batch = new WordBatch(BATCH);
        WordLimits limits = WordLimits.of(1_000, 1_000_000);
        long nanos = 0;
        int first = 0;
        while (first < sessions) {
            int count = Math.min(BATCH, sessions - first);
            for (int i = 0; i < count; i++) {
                // Neighbours in a batch are no neighbours in the table, as viewers come in no order.
                crowd.put(batch, i, (first + i) * STEP % sessions, tick);
            }
            batch.count(count);
            limits.now(System.nanoTime() / 1_000_000);
            long begun = cpuNanos();
            collector.begin(batch);
            for (int i = 0; i < count; i++) {
                if (collector.take(batch, i, limits) != Verdict.ACCEPTED.ordinal()) {
                    throw new IllegalStateException("word " + tick + " of session " + batch.session(i)
                            + " was answered with code " + batch.code(i));
                }
            }
            nanos += cpuNanos() - begun;
            first += count;
        }
        return nanos;
    }

    /** Of this thread, so that others on the machine do not count. */
    private static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
