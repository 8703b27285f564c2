package io.vilokanam.benchmarks;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import io.vilokanam.crypto.hash.Sha2Chain;
import io.vilokanam.offchain.collector.CollectorFullException;
import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.SessionSource;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.collector.Verdict;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.offchain.worker.LocalStore;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** How many words one core checks a second: the hashing alone, and all that the collector does for a word. */
final class WordChecks {

    /** Words of one session hashed in a row. */
    private static final int STEPS = 1_000;
    private static final int SESSIONS = 10_000;
    private static final int WORDS_A_SESSION = 30;
    private static final double NANOS = 1e9;

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
        long begun = System.nanoTime();
        long end = begun + millis * 1_000_000;
        long steps = 0;
        while (System.nanoTime() < end) {
            word = chain.walk(salt, word, STEPS);
            steps += STEPS;
        }
        return steps / ((System.nanoTime() - begun) / NANOS);
    }

    /**
     * Hands each of {@code rounds} times ten thousand sessions, one after the other, its next thirty words, as viewers would,
     * each word once.
     *
     * @return words a second of the last round
     */
    static double collected(int rounds) throws ChainUnavailableException, CollectorFullException {
        double rate = 0;
        for (int round = 0; round < rounds; round++) {
            Viewers viewers = new Viewers(SESSIONS, WORDS_A_SESSION);
            TickCollector collector = new TickCollector(viewers, new NoStore(), Clock.systemUTC(),
                    CollectorOptions.STANDARD);
            collector.onBestBlock(1, Viewers.LIMITS);
            viewers.submitNext(collector, 1);
            long begun = System.nanoTime();
            for (int tick = 2; tick <= WORDS_A_SESSION; tick++) {
                viewers.submitNext(collector, tick);
            }
            rate = (double) SESSIONS * (WORDS_A_SESSION - 1) / ((System.nanoTime() - begun) / NANOS);
        }
        return rate;
    }

    /** Viewers, each with a session and all its words. */
    private static final class Viewers implements SessionSource {

        static final Settings.Limits LIMITS = new Settings.Limits(1_000, 4_096, 30, 30, 43_200);

        private final int ticks;
        private final Bytes[][] words;
        private final Bytes[] salts;
        private final long openedAt = System.currentTimeMillis();

        Viewers(int sessions, int ticks) {
            this.ticks = ticks;
            this.words = new Bytes[sessions][ticks + 1];
            this.salts = new Bytes[sessions];
            Sha2Chain chain = new Sha2Chain();
            for (int i = 0; i < sessions; i++) {
                salts[i] = Bytes.wrap(Inputs.bytes(Sha2Chain.SALT, i));
                words[i][ticks] = Bytes.wrap(Inputs.bytes(Sha2Chain.WORD, i));
                for (int tick = ticks; tick > 0; tick--) {
                    words[i][tick - 1] = Bytes.wrap(chain.walk(salts[i].view(), words[i][tick].view(), 1));
                }
            }
        }

        void submitNext(TickCollector collector, int tick) throws ChainUnavailableException, CollectorFullException {
            for (int i = 0; i < words.length; i++) {
                Verdict verdict = collector.submit(i, tick, words[i][tick]).verdict();
                if (verdict != Verdict.ACCEPTED) {
                    throw new IllegalStateException("word " + tick + " of session " + i + " was answered " + verdict);
                }
            }
        }

        @Override
        public Optional<Session> session(long id) {
            int index = (int) id;
            Terms terms = new Terms(0, AccountId.ZERO, U128.ONE, new Permill(100_000), 0, ticks, salts[index],
                    Bytes.wrap(new byte[32]), new PublicKey(Bytes.wrap(new byte[32])), openedAt);
            return Optional.of(new Session(terms, words[index][0], 0, U128.ZERO, U128.ZERO, U128.of(ticks),
                    new SessionStatus.Open(LIMITS.expiryBlocks())));
        }

        @Override
        public Settings.Limits limits() {
            return LIMITS;
        }
    }

    /** Writing behind is another thread's work and not measured. */
    private static final class NoStore implements LocalStore {

        @Override
        public Optional<Bytes> get(Bytes key) {
            return Optional.empty();
        }

        @Override
        public void write(List<Change> changes) {
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("nothing to write");
            }
        }

        @Override
        public void forEach(Bytes prefix, BiConsumer<Bytes, Bytes> entry) {
            // Nothing is stored: there is nothing to show.
        }
    }
}
