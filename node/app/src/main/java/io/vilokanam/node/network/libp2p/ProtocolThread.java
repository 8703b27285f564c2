package io.vilokanam.node.network.libp2p;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/**
 * A virtual thread on which one protocol is told what happens, in order. What waits for it is bounded by those who tell: links
 * pause reading, and requests are counted.
 */
final class ProtocolThread implements Executor, AutoCloseable {

    private static final long END_MILLIS_MAX = 2_000;

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** @param failed is told what ended the thread before its time */
    ProtocolThread(String name, BiConsumer<String, Throwable> failed) {
        thread = Thread.ofVirtual().name(name).start(() -> run(name, failed));
    }

    /** The top of the thread. */
    private void run(String name, BiConsumer<String, Throwable> failed) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                tasks.take().run();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (Throwable cause) {
            failed.accept(name, cause);
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(END_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
