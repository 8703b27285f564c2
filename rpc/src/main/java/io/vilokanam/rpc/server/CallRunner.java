package io.vilokanam.rpc.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.vilokanam.rpc.method.Dispatcher;
import io.vilokanam.rpc.method.Dispatcher.Answer;
import io.vilokanam.rpc.method.RpcSession;

/** Answers messages on threads of their own, so that no method holds up an event loop; only so many at one time. */
final class CallRunner implements AutoCloseable {

    private final Dispatcher dispatcher;
    private final Semaphore running;
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("rpc-call").factory());

    CallRunner(Dispatcher dispatcher, int callsMax) {
        this.dispatcher = dispatcher;
        this.running = new Semaphore(callsMax, true);
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Lets a call that runs wait; meanwhile another one may run. */
    void pause(long nanos) throws InterruptedException {
        running.release();
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } finally {
            // Given back by run, also when the server closes meanwhile.
            running.acquireUninterruptibly();
        }
    }

    /** {@code done} is called on the call's thread, unless the server is closed before. */
    void run(byte[] text, RpcSession session, Consumer<Answer> done) {
        threads.execute(() -> {
            try {
                running.acquire();
            } catch (InterruptedException e) {
                // The server closes: nobody waits for the answer any more.
                Thread.currentThread().interrupt();
                return;
            }
            Answer answer;
            try {
                answer = dispatcher.answer(text, session);
            } finally {
                running.release();
            }
            done.accept(answer);
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
