package io.vilokanam.node.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.rpc.backend.PoolBackend.Submitted;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.TransactionListener;

/**
 * The way into the pool for clients, who do not wait on a thread of theirs. What comes at one time is taken in together, at half
 * the cost of one by one: a batch begins when as many wait as is usual at this time, or after {@link #GATHER_NANOS}. Where they
 * come one by one, none waits. Safe for several threads.
 */
public final class Intake {

    /** Beyond so many a batch gains little, the first of them wait for the last, and other processors may have nothing to do. */
    static final int BATCH_MAX = 16;
    /** How long transactions wait for others at most: as long as some dozens of calls need to get here. */
    static final long GATHER_NANOS = 1_000_000;
    /** As many as a stock pool holds; what comes beyond is dropped as if the pool were full. */
    static final int WAITING_MAX = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private record Waiting(OpaqueExtrinsic extrinsic, Optional<TransactionListener> listener,
            Consumer<Submitted> done) {}

    private final TransactionPool pool;
    private final int workersMax;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    /** So many threads are at a batch now. */
    private int working;
    /** Who waits for a batch to fill; null where nobody does. */
    private Thread gatherer;
    /** How large a batch is at this time; falls slowly. */
    private int usual = 1;

    /** {@code workersMax}: on so many threads transactions are validated at one time. */
    public Intake(TransactionPool pool, int workersMax) {
        this.pool = pool;
        this.workersMax = workersMax;
    }

    /** Takes a transaction in; {@code done} hears what came of it, on another thread, and must not block. */
    public void submit(OpaqueExtrinsic extrinsic, Optional<TransactionListener> listener, Consumer<Submitted> done) {
        synchronized (waiting) {
            if (waiting.size() < WAITING_MAX) {
                waiting.addLast(new Waiting(extrinsic, listener, done));
                planGatherer();
                if (isFull()) {
                    LockSupport.unpark(gatherer);
                }
                return;
            }
        }
        done.accept(new Submitted.Refused(new PoolRefusal.ImmediatelyDropped()));
    }

    private boolean isFull() {
        return waiting.size() >= usual;
    }

    private void planGatherer() {
        if (gatherer == null && working < workersMax && !waiting.isEmpty()) {
            gatherer = Thread.ofVirtual().name("intake").unstarted(this::work);
            gatherer.start();
        }
    }

    private void work() {
        long end = System.nanoTime() + GATHER_NANOS;
        List<Waiting> batch = new ArrayList<>(BATCH_MAX);
        while (!isGathered(batch, end)) {
            LockSupport.parkNanos(this, end - System.nanoTime());
        }
        try {
            take(batch);
        } finally {
            synchronized (waiting) {
                working--;
                planGatherer();
            }
        }
    }

    /** Takes a batch, once it is full or nobody waits for it any longer. */
    private boolean isGathered(List<Waiting> batch, long end) {
        synchronized (waiting) {
            if (!isFull() && System.nanoTime() < end) {
                return false;
            }
            while (batch.size() < BATCH_MAX && !waiting.isEmpty()) {
                batch.add(waiting.pollFirst());
            }
            usual = Math.max(batch.size(), (usual + batch.size()) / 2);
            gatherer = null;
            working++;
            planGatherer();
            return true;
        }
    }

    private void take(List<Waiting> batch) {
        List<Submission> submissions = batch.stream().map(one -> Submission.of(one.extrinsic, one.listener)).toList();
        List<Optional<PoolRefusal>> refusals = Collections.nCopies(batch.size(),
                Optional.of(new PoolRefusal.ValidationFailed("the pool broke")));
        try {
            refusals = pool.submitEach(submissions, TransactionSource.EXTERNAL);
        } catch (RuntimeException e) {
            // The top of a worker's thread: those who wait hear of it.
            LOG.error("transactions could not be taken in count={}", batch.size(), e);
        } finally {
            for (int i = 0; i < batch.size(); i++) {
                Optional<PoolRefusal> refusal = refusals.get(i);
                tell(batch.get(i).done, refusal.isPresent() ? new Submitted.Refused(refusal.get())
                        : new Submitted.Taken(submissions.get(i).hash()));
            }
        }
    }

    private static void tell(Consumer<Submitted> done, Submitted submitted) {
        try {
            done.accept(submitted);
        } catch (RuntimeException e) {
            // The top of a worker's thread: the others still want to hear.
            LOG.error("the answer to a submission was not taken", e);
        }
    }
}
