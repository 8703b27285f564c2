package io.vilokanam.node.executing;

import io.vilokanam.api.RuntimeTrap;

/**
 * A thread with more stack than usual, for a runtime call that ran out of it: calls nest, and whether a block is valid must not
 * depend on how much stack the thread has that asks.
 */
final class DeepStack {

    /** Several times what the deepest call needs that runtimes read, also before anything is compiled. */
    private static final long BYTES = 64L << 20;

    /** A runtime call. */
    @FunctionalInterface
    interface Work {
        byte[] run() throws RuntimeTrap;
    }

    private byte[] result;
    private RuntimeTrap trap;
    private Throwable broken;

    private DeepStack() {}

    /** Runs the work on a thread of its own and waits for it, also where the waiting thread is interrupted. */
    static byte[] run(Work work) throws RuntimeTrap {
        DeepStack stack = new DeepStack();
        Thread thread = new Thread(null, () -> stack.keep(work), "deep-call", BYTES);
        thread.start();
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        return stack.outcome();
    }

    private void keep(Work work) {
        try {
            result = work.run();
        } catch (RuntimeTrap panic) {
            trap = panic;
        } catch (RuntimeException | Error e) {
            broken = e; // the top of this thread: it goes on to the one that waits
        }
    }

    private byte[] outcome() throws RuntimeTrap {
        if (trap != null) {
            throw trap;
        }
        if (broken != null) {
            throw new IllegalStateException("a runtime call broke", broken);
        }
        return result;
    }
}
