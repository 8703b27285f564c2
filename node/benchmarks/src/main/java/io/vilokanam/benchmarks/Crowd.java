package io.vilokanam.benchmarks;

import java.util.Optional;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.crypto.hash.Sha2Chain;
import io.vilokanam.offchain.collector.SessionSource;
import io.vilokanam.offchain.collector.WordBatch;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/**
 * Viewers with open sessions 0 to {@code count}. They share {@value #CHAINS} hash chains, each with a salt of its own, so that a
 * million of them need little memory; a collector does the same work for them as for others, as it looks at no session but the one
 * that a word names.
 *
 * @param streams sessions are spread over so many streams
 */
final class Crowd implements SessionSource {

    static final int CHAINS = 1_024;
    static final Settings.Limits LIMITS = new Settings.Limits(1_000, 4_096, 30, 30, 43_200);
    static final U128 RATE = U128.of(1_000);

    private static final Bytes CLOSE_SECRET = Bytes.wrap(new byte[32]);

    private final int streams;
    private final int ticks;
    private final long openedAt;
    private final byte[][] salts = new byte[CHAINS][];
    private final byte[][] words = new byte[CHAINS][];

    /** {@code ticks}: words that each has; {@code openedAt}: milliseconds since 1970. */
    Crowd(int streams, int ticks, long openedAt) {
        this.streams = streams;
        this.ticks = ticks;
        this.openedAt = openedAt;
        Sha2Chain chain = new Sha2Chain();
        for (int i = 0; i < CHAINS; i++) {
            salts[i] = Inputs.bytes(Sha2Chain.SALT, i);
            words[i] = new byte[(ticks + 1) * Sha2Chain.WORD];
            byte[] word = Inputs.bytes(Sha2Chain.WORD, i);
            for (int tick = ticks; tick >= 0; tick--) {
                System.arraycopy(word, 0, words[i], tick * Sha2Chain.WORD, Sha2Chain.WORD);
                word = chain.walk(salts[i], word, 1);
            }
        }
    }

    int ticks() {
        return ticks;
    }

    /** Copies word number {@code tick} of a session. */
    void copyWord(long session, int tick, byte[] to, int at) {
        System.arraycopy(words[chain(session)], tick * Sha2Chain.WORD, to, at, Sha2Chain.WORD);
    }

    void put(WordBatch batch, int index, long session, int tick) {
        byte[] word = new byte[Sha2Chain.WORD];
        copyWord(session, tick, word, 0);
        batch.put(index, session, tick, word);
    }

    private static int chain(long session) {
        return (int) session & CHAINS - 1;
    }

    static U128 deposit(int ticks) {
        return RATE.times(U128.of(ticks));
    }

    AccountId viewer(long session) {
        return AccountId.wrap(Inputs.bytes(32, session + 1));
    }

    long stream(long session) {
        return session % streams;
    }

    Session open(long id, long expiresAt) {
        byte[] anchor = new byte[Sha2Chain.WORD];
        copyWord(id, 0, anchor, 0);
        Terms terms = new Terms(stream(id), viewer(id), RATE, new Permill(100_000), 0, ticks,
                Bytes.wrap(salts[chain(id)]), Bytes.wrap(Sha2.hash256(CLOSE_SECRET.view())),
                new PublicKey(Bytes.wrap(Inputs.bytes(32, id + 2))), openedAt);
        return new Session(terms, Bytes.wrap(anchor), 0, U128.ZERO, U128.ZERO, deposit(ticks),
                new SessionStatus.Open(expiresAt));
    }

    @Override
    public Optional<Session> session(long id) {
        return Optional.of(open(id, LIMITS.expiryBlocks()));
    }

    @Override
    public Settings.Limits limits() {
        return LIMITS;
    }
}
