package io.vilokanam.node.offchain.listener;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import io.vilokanam.node.network.TokenBucket;
import io.vilokanam.node.offchain.listener.TickFrames.Code;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.collector.WordBatch;
import io.vilokanam.offchain.collector.WordLimits;

/** Answers batches of words: hands them to the collector as far as the token buckets allow. Any thread may call. */
final class WordDesk {

    private static final int CODES = Code.values().length;
    private static final long MICROS_PER_MILLI = 1_000;

    private final TickCollector collector;
    private final LongSupplier micros;
    private final TickListenerOptions options;
    private final LongAdder[] answered = new LongAdder[CODES];

    /** {@code micros}: microseconds that never go back and are not negative. */
    WordDesk(TickCollector collector, LongSupplier micros, TickListenerOptions options) {
        this.collector = collector;
        this.micros = micros;
        this.options = options;
        Arrays.setAll(answered, _ -> new LongAdder());
    }

    /** What the desk remembers of a connection; one thread at a time. */
    static final class Client {
        private final TokenBucket bucket;
        private final WordLimits sessions;
        private int limitedInARow;
        /** The first word of the next batch has its token already. */
        private boolean isCharged;

        private Client(TokenBucket bucket, WordLimits sessions) {
            this.bucket = bucket;
            this.sessions = sessions;
        }
    }

    Client newClient() {
        return new Client(new TokenBucket(options.connectionRate(), options.connectionBurst()),
                WordLimits.of(options.sessionRate(), options.sessionBurst()));
    }

    /**
     * Answers the words of a batch in their order, as far as that goes without asking the chain and without many hashes.
     *
     * @return how many words are answered; {@link #answerSlowly} does the others
     */
    int answer(Client client, WordBatch batch) {
        long now = begin(client, batch);
        for (int i = 0; i < batch.count(); i++) {
            if (!mayTake(client, batch, i, now)) {
                continue;
            }
            int code = collector.take(batch, i, client.sessions);
            if (code == WordBatch.LATER) {
                client.isCharged = true;
                count(batch, i);
                return i;
            }
            note(client, code, now);
        }
        count(batch, batch.count());
        return batch.count();
    }

    /** Answers all words of a batch; may take long. */
    void answerSlowly(Client client, WordBatch batch) {
        long now = begin(client, batch);
        for (int i = 0; i < batch.count(); i++) {
            if (mayTake(client, batch, i, now)) {
                note(client, collector.takeSlowly(batch, i, client.sessions), now);
            }
        }
        count(batch, batch.count());
    }

    private long begin(Client client, WordBatch batch) {
        long now = micros.getAsLong();
        client.sessions.now(now / MICROS_PER_MILLI);
        collector.begin(batch);
        return now;
    }

    private static boolean mayTake(Client client, WordBatch batch, int index, long now) {
        boolean isCharged = client.isCharged;
        client.isCharged = false;
        if (isCharged || client.bucket.take(now)) {
            return true;
        }
        client.limitedInARow++;
        batch.answer(index, WordBatch.LIMITED);
        return false;
    }

    private void note(Client client, int code, long now) {
        if (code == WordBatch.LIMITED) {
            client.limitedInARow++;
            return;
        }
        client.limitedInARow = 0;
        if (Code.isFutile(code)) {
            client.bucket.charge(now, options.futileCost());
        }
    }

    private void count(WordBatch batch, int words) {
        int[] codes = new int[CODES];
        for (int i = 0; i < words; i++) {
            codes[batch.code(i)]++;
        }
        for (int code = 0; code < CODES; code++) {
            if (codes[code] > 0) {
                answered[code].add(codes[code]);
            }
        }
    }

    /** How many words were answered so. */
    long answered(Code code) {
        return answered[code.ordinal()].sum();
    }

    /** Whether the client went on although it was told for long that it sends too much. */
    boolean isDeaf(Client client) {
        return client.limitedInARow >= options.limitedMax();
    }
}
