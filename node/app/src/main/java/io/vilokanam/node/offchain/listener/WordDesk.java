package io.vilokanam.node.offchain.listener;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.vilokanam.node.offchain.listener.TickFrames.Code;
import io.vilokanam.node.offchain.listener.TickFrames.Word;
import io.vilokanam.offchain.collector.CollectorFullException;
import io.vilokanam.offchain.collector.Submission;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.collector.Verdict;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;

/** Answers messages of words: hands them to the collector as far as the token buckets allow. Any thread may call. */
final class WordDesk {

    private final TickCollector collector;
    private final LongSupplier micros;
    private final TickListenerOptions options;
    private final SessionBuckets sessions;

    /** {@code micros}: microseconds that never go back and are not negative. */
    WordDesk(TickCollector collector, LongSupplier micros, TickListenerOptions options, RandomGenerator random) {
        this.collector = collector;
        this.micros = micros;
        this.options = options;
        this.sessions = new SessionBuckets(options.sessionRate(), options.sessionBurst(), random);
    }

    /** What the desk remembers of a connection; one thread at a time. */
    static final class Client {
        private final TokenBucket bucket;
        private int limitedInARow;

        private Client(TokenBucket bucket) {
            this.bucket = bucket;
        }
    }

    Client newClient() {
        return new Client(new TokenBucket(options.connectionRate(), options.connectionBurst()));
    }

    /** The answers to a whole message, in the order of its words. */
    byte[] answer(Client client, byte[] message) {
        int words = message.length / TickFrames.WORD_SIZE;
        ByteBuffer out = ByteBuffer.allocate(words * TickFrames.ANSWER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < words; i++) {
            answer(client, TickFrames.read(message, i), out);
        }
        return out.array();
    }

    /** Whether the client went on although it was told for long that it sends too much. */
    boolean isDeaf(Client client) {
        return client.limitedInARow >= options.limitedMax();
    }

    private void answer(Client client, Word word, ByteBuffer out) {
        long now = micros.getAsLong();
        if (!client.bucket.take(now) || !sessions.hasToken(word.session(), now)) {
            client.limitedInARow++;
            TickFrames.write(out, word.session(), Code.LIMITED);
            return;
        }
        client.limitedInARow = 0;
        try {
            Submission answer = collector.submit(word.session(), word.ticks(), word.word());
            if (answer.verdict() == Verdict.ACCEPTED || answer.verdict() == Verdict.CLOSING) {
                sessions.charge(word.session(), now);
            } else if (Code.of(answer.verdict()).isFutile()) {
                client.bucket.charge(now, options.futileCost());
            }
            TickFrames.write(out, word.session(), answer);
        } catch (ChainUnavailableException | CollectorFullException e) {
            client.bucket.charge(now, options.futileCost());
            TickFrames.write(out, word.session(), Code.UNAVAILABLE);
        }
    }
}
