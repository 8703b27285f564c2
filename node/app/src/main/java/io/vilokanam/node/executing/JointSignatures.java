package io.vilokanam.node.executing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

import io.vilokanam.host.call.SignatureClaim;
import io.vilokanam.host.call.VerifiedSignatures;

/**
 * Verifies together what several calls ask for at one time, at half the cost of one by one. A claim that comes alone is verified
 * at once, by whoever asks. Once claims come while others are verified, the next batch begins behind that one, when as many wait as
 * is usual at this time, or after {@link #GATHER_NANOS}; so it goes on until batches are of one. Safe for several threads.
 */
final class JointSignatures {

    /** Beyond this many claims a batch gains little, and the first of them wait for the last. */
    static final int BATCH_SIZE = 32;
    /** How long claims wait for others at most: as long as some dozens of calls need to get there. */
    static final long GATHER_NANOS = 1_000_000;

    private record Asked(SignatureClaim claim, CompletableFuture<Boolean> verdict) {}

    private final RandomGenerator random;
    private final int verifiersMax;
    private final ArrayDeque<Asked> waiting = new ArrayDeque<>();
    /** How many are verified at this moment, those alone and batches. */
    private int verifiers;
    /** Who waits for a batch to fill; null where nobody does. */
    private Thread gatherer;
    /** How large a batch is at this time; falls slowly. */
    private int usual = 1;

    /**
     * @param random cryptographic, safe for several threads
     * @param verifiersMax so many batches are verified at one time, where there are enough claims for it
     */
    JointSignatures(RandomGenerator random, int verifiersMax) {
        this.random = random;
        this.verifiersMax = verifiersMax;
    }

    /** Whether a claim holds, waited for whatever happens. */
    boolean verify(SignatureClaim claim) {
        Asked own = new Asked(claim, new CompletableFuture<>());
        return isLeftAlone(own) ? alone(claim) : own.verdict.join();
    }

    /** Whether the asking thread is to verify its claim itself; otherwise somebody else does. */
    private boolean isLeftAlone(Asked own) {
        synchronized (waiting) {
            if (verifiers == 0 && gatherer == null && usual == 1) {
                verifiers++;
                return true;
            }
            waiting.addLast(own);
            if (gatherer == null) {
                planVerifier();
            } else if (isFull()) {
                LockSupport.unpark(gatherer);
            }
            return false;
        }
    }

    private boolean isFull() {
        return waiting.size() >= usual;
    }

    private boolean alone(SignatureClaim claim) {
        try {
            return claim.holds();
        } finally {
            ended();
        }
    }

    /** One verifier less: those who wait may need another. */
    private void ended() {
        synchronized (waiting) {
            verifiers--;
            if (!waiting.isEmpty()) {
                planVerifier();
            }
        }
    }

    private void planVerifier() {
        boolean hasWork = verifiers == 0 || verifiers < verifiersMax && waiting.size() >= BATCH_SIZE;
        if (gatherer == null && hasWork) {
            gatherer = Thread.ofVirtual().name("signatures").unstarted(this::verifyWaiting);
            gatherer.start();
        }
    }

    private void verifyWaiting() {
        long end = System.nanoTime() + GATHER_NANOS;
        List<Asked> batch = new ArrayList<>(BATCH_SIZE);
        while (!isTaken(batch, end)) {
            LockSupport.parkNanos(this, end - System.nanoTime());
        }
        try {
            VerifiedSignatures verified = VerifiedSignatures.verify(batch.stream().map(Asked::claim).toList(),
                    random);
            batch.forEach(one -> one.verdict.complete(verified.find(one.claim).orElseThrow()));
        } finally {
            // Nobody may wait for ever, should a verification break.
            batch.forEach(one -> one.verdict
                    .completeExceptionally(new IllegalStateException("signatures could not be verified")));
            ended();
        }
    }

    /** Takes a batch, once it is full or nobody waits for it any longer. */
    private boolean isTaken(List<Asked> batch, long end) {
        synchronized (waiting) {
            if (!isFull() && System.nanoTime() < end) {
                return false;
            }
            while (batch.size() < BATCH_SIZE && !waiting.isEmpty()) {
                batch.add(waiting.pollFirst());
            }
            usual = Math.max(batch.size(), (usual + batch.size()) / 2);
            gatherer = null;
            verifiers++;
            return true;
        }
    }
}
