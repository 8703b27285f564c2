package io.vilokanam.node.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.metrics.TaskMeasures;

/** Threads without which a node is no node: when one of them fails, all end, and whoever waits for the node learns of it. */
public final class EssentialThreads implements AutoCloseable {

    /** What such a thread does until it is interrupted. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }

    /** How long a thread may take to end. */
    private static final long END_MILLIS_MAX = 5_000;

    private final NodeLog log;
    private final TaskMeasures tasks;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch failure = new CountDownLatch(1);

    public EssentialThreads(NodeLog log, TaskMeasures tasks) {
        this.log = log;
        this.tasks = tasks;
    }

    /** Starts a virtual thread. */
    public synchronized void start(String name, Body body) {
        threads.add(Thread.ofVirtual().name(name).start(() -> run(name, body)));
    }

    /** The top of each thread: whatever ends it is told, but for the interrupt that was asked for. */
    private void run(String name, Body body) {
        tasks.spawned(name);
        try {
            body.run();
            tasks.ended(name, false);
        } catch (InterruptedException end) {
            tasks.ended(name, false);
            Thread.currentThread().interrupt();
        } catch (Throwable cause) {
            tasks.ended(name, true);
            log.essentialFailed(name, cause);
            failure.countDown();
        }
    }

    /** Returns when an essential thread has failed. */
    public void awaitFailure() throws InterruptedException {
        failure.await();
    }

    public boolean hasFailed() {
        return failure.getCount() == 0;
    }

    @Override
    public synchronized void close() {
        threads.forEach(Thread::interrupt);
        boolean isInterrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join(END_MILLIS_MAX);
            } catch (InterruptedException e) {
                // Closing goes on; the interrupt is passed on when it is done.
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
