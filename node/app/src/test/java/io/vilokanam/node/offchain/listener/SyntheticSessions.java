package io.vilokanam.node.offchain.listener;

import java.util.Optional;
import java.util.function.BiConsumer;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.offchain.collector.KnownSession;
import io.vilokanam.offchain.collector.RowChanges;
import io.vilokanam.offchain.collector.RowStore;
import io.vilokanam.offchain.collector.SessionSource;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** A chain on which sessions 0 to {@code count} are open, all with the hash chain of one secret, each with a salt of its own. */
final class SyntheticSessions implements SessionSource, RowStore {

    static final Settings.Limits LIMITS = new Settings.Limits(1_000, 4_096, 30, 30, 43_200);

    private static final int TICKS = 100;

    private final long count;
    private boolean isDown;

    SyntheticSessions(long count) {
        this.count = count;
    }

    void takeDown() {
        isDown = true;
    }

    static Bytes word(long session, int ticks) {
        return Bytes.wrap(Sha2.chain(salt(session), new byte[32], TICKS - ticks));
    }

    private static byte[] salt(long session) {
        byte[] salt = new byte[16];
        salt[0] = (byte) session;
        salt[1] = (byte) (session >> 8);
        return salt;
    }

    @Override
    public Optional<Session> session(long id) throws ChainUnavailableException {
        if (isDown) {
            throw new ChainUnavailableException("the state is being written");
        }
        if (id < 0 || id >= count) {
            return Optional.empty();
        }
        Terms terms = new Terms(0, AccountId.ZERO, U128.ONE, new Permill(100_000), 0, TICKS, Bytes.wrap(salt(id)),
                Bytes.wrap(new byte[32]), new PublicKey(Bytes.wrap(new byte[32])), 0);
        return Optional.of(new Session(terms, word(id, 0), 0, U128.ZERO, U128.ZERO, U128.of(TICKS),
                new SessionStatus.Open(43_200)));
    }

    @Override
    public Settings.Limits limits() {
        return LIMITS;
    }

    @Override
    public int forEach(BiConsumer<KnownSession, Optional<Bytes>> action) {
        return 0;
    }

    @Override
    public void write(RowChanges changes) {
        throw new AssertionError("nobody flushes here: " + changes);
    }
}
