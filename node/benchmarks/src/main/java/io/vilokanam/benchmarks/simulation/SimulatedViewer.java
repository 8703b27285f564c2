package io.vilokanam.benchmarks.simulation;

import java.util.Arrays;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.crypto.hash.Sha2Chain;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** A viewer of one stream with a hash chain and a player that lets go of a word each second. */
final class SimulatedViewer {

    static final int WORD = 32;

    final AccountId account;
    final long stream;
    final int length;
    /** For how many ticks the viewer wants to watch. */
    final int wanted;
    /** The node that gets the words. */
    int home;
    /** Words up to this one were let go of. */
    int released;
    boolean hasLeft;
    /** When an extrinsic that opens the session was handed in last, in seconds of the simulation. */
    int askedAt = -1;
    int asked;
    private final byte[] salt;
    private final byte[] words;
    private final Bytes closeSecret;
    private long session = -1;
    private boolean isOver;
    /** The newest word of this session that a collector would not lose in a crash. */
    private long safe;

    /** @param chain draws the words; used again for the next viewer */
    SimulatedViewer(long seed, int index, long stream, int length, int wanted, Sha2Chain chain) {
        this.account = SimulatedChain.account("viewer " + index);
        this.stream = stream;
        this.length = length;
        this.wanted = wanted;
        byte[] root = Sha2.hash256(Bytes.ascii("viewer " + seed + " " + index).view());
        salt = Arrays.copyOf(root, 16);
        closeSecret = Bytes.wrap(Sha2.hash256(root));
        words = new byte[(length + 1) * WORD];
        byte[] word = Sha2.hash256(closeSecret.view());
        for (int i = length; i >= 0; i--) {
            System.arraycopy(word, 0, words, i * WORD, WORD);
            word = chain.walk(salt, word, 1);
        }
    }

    Bytes word(int index) {
        return Bytes.wrap(Arrays.copyOfRange(words, index * WORD, (index + 1) * WORD));
    }

    Bytes closeSecret() {
        return closeSecret;
    }

    boolean isTrue(long ticks, Bytes word) {
        return ticks <= length && word.equals(word((int) ticks));
    }

    Opening opening(U128 deposit, U128 maxRate) {
        return new Opening(stream, deposit, maxRate, length, word(0), Bytes.wrap(salt),
                PublicKey.wrap(closeSecret.toArray()), Bytes.wrap(Sha2.hash256(closeSecret.view())));
    }

    /** The session that the chain has for the viewer now, -1 for none; another one than before knows none of its words. */
    void hasSession(long id) {
        if (session != id) {
            session = id;
            safe = 0;
        }
    }

    /** The session is over, or is not any more as its last block was taken back. */
    void over(boolean now) {
        isOver = now;
    }

    boolean isOver() {
        return isOver;
    }

    boolean isOpen() {
        return session >= 0;
    }

    long session() {
        return session;
    }

    /** A collector has written down a word that it took for a session. */
    void isSafe(long of, long ticks) {
        if (of == session) {
            safe = Math.max(safe, ticks);
        }
    }

    long safe() {
        return safe;
    }
}
