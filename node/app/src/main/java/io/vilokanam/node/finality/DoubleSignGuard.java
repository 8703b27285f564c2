package io.vilokanam.node.finality;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.vilokanam.primitives.PublicKey;

/**
 * Keeps a validator from voting and authoring while another node may use its keys. While it holds, the node listens: a vote of one
 * of its keys in a round that began meanwhile, or a block of a slot that began meanwhile, cannot be its own, so somebody else has
 * the keys, and the node must not go on. Time counts only while there are peers and the chain is not being downloaded. Safe for
 * several threads.
 */
public final class DoubleSignGuard {

    private final LongSupplier nowMillis;
    private final long listenMillis;
    private final BooleanSupplier isListening;
    private final CountDownLatch seen = new CountDownLatch(1);
    private OptionalLong since = OptionalLong.empty();
    private boolean isReleased;
    private OptionalLong set = OptionalLong.empty();
    private long baseRound;
    private Optional<String> sighting = Optional.empty();

    /**
     * A guard that holds.
     *
     * @param listenMillis how long to listen
     * @param isListening whether the node hears what others say now
     */
    public DoubleSignGuard(LongSupplier nowMillis, long listenMillis, BooleanSupplier isListening) {
        this.nowMillis = nowMillis;
        this.listenMillis = listenMillis;
        this.isListening = isListening;
    }

    /** A guard that never holds. */
    public static DoubleSignGuard none() {
        DoubleSignGuard guard = new DoubleSignGuard(() -> 0, 0, () -> true);
        guard.isReleased = true;
        return guard;
    }

    /** Whether the node must not sign yet. */
    public synchronized boolean isHolding() {
        if (isReleased) {
            return false;
        }
        if (sighting.isPresent() || !isListening.getAsBoolean()) {
            since = OptionalLong.empty();
            return true;
        }
        long now = nowMillis.getAsLong();
        if (since.isEmpty()) {
            since = OptionalLong.of(now);
        }
        isReleased = now - since.getAsLong() >= listenMillis;
        return !isReleased;
    }

    /** Others are in a round of a set, by a message of theirs. */
    public synchronized void roundHeard(long setId, long round) {
        if (set.isEmpty()) {
            set = OptionalLong.of(setId);
            baseRound = round;
        }
    }

    /** A vote with one of the node's own keys came from others. */
    public synchronized void ownVoteHeard(long setId, long round, PublicKey key) {
        roundHeard(setId, round);
        boolean isLater = setId > set.getAsLong() || setId == set.getAsLong() && round > baseRound;
        if (!isReleased && isLater) {
            sighted("a vote of round " + round + " of set " + setId + " by " + key);
        }
    }

    /** A block by one of the node's own keys came from others, of a slot that began after this node did. */
    public synchronized void ownBlockHeard(long slot, PublicKey key) {
        sighted("a block of slot " + slot + " by " + key);
    }

    private void sighted(String what) {
        if (sighting.isEmpty()) {
            sighting = Optional.of(what);
            seen.countDown();
        }
    }

    /** Waits, but not for longer, until somebody else was seen to use the keys. */
    public Optional<String> awaitSighting(long millis) throws InterruptedException {
        seen.await(millis, TimeUnit.MILLISECONDS);
        synchronized (this) {
            return sighting;
        }
    }
}
