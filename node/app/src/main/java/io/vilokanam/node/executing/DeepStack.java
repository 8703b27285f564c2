package io.vilokanam.node.executing;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

import io.vilokanam.api.RuntimeTrap;

/**
 * A thread with more stack than usual, for a runtime call that ran out of it: calls nest, and whether a block is valid must not
 * depend on how much stack the thread has that asks.
 */
final class DeepStack {

    /** Several times what the deepest call needs that runtimes read, also before anything is compiled. */
    private static final long BYTES = 64L << 20;
    /** So many at one time, whoever asks: stacks are memory, and a client may ask for the same deep call many times. */
    static final int RUNNING_MAX = 8;
    private static final Semaphore ROOM = new Semaphore(RUNNING_MAX, true);

    private DeepStack() {}

    /**
     * Makes a runtime call on a thread of its own and waits for it, also where the waiting thread is interrupted; where too many
     * run already, it waits for one of them first.
     *
     * @throws RuntimeTrap as the call does
     */
    static byte[] run(Callable<byte[]> call) throws RuntimeTrap {
        FutureTask<byte[]> task = new FutureTask<>(call);
        ROOM.acquireUninterruptibly();
        try {
            new Thread(null, task, "deep-call", BYTES).start();
            return Waiting.result(task);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeTrap trap) {
                throw trap;
            }
            throw new IllegalStateException("a runtime call broke", e.getCause());
        } finally {
            ROOM.release();
        }
    }
}
