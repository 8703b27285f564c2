package io.vilokanam.offchain.model;

import java.util.Random;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** A viewer with a hash chain, and the session that it would open. */
public final class Viewer {

    private final Bytes salt;
    private final byte[] top;
    private final int maxTicks;
    private final Bytes closeSecret;

    public Viewer(long seed, int maxTicks) {
        Random random = new Random(seed);
        this.salt = Bytes.wrap(bytes(random, 16));
        this.top = bytes(random, 32);
        this.closeSecret = Bytes.wrap(bytes(random, 32));
        this.maxTicks = maxTicks;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Word number {@code ticks} of the chain. */
    public Bytes word(int ticks) {
        return Bytes.wrap(Sha2.chain(salt.view(), top, maxTicks - ticks));
    }

    public Bytes closeSecret() {
        return closeSecret;
    }

    public Session session(long stream, long rate, long freeTicks, long deposit, long openedAt, long expiresAt) {
        Terms terms = new Terms(stream, AccountId.ZERO, U128.of(rate), new Permill(100_000), freeTicks, maxTicks, salt,
                Bytes.wrap(Sha2.hash256(closeSecret.view())), new PublicKey(Bytes.wrap(new byte[32])), openedAt);
        return new Session(terms, word(0), 0, U128.ZERO, U128.ZERO, U128.of(deposit),
                new SessionStatus.Open(expiresAt));
    }
}
