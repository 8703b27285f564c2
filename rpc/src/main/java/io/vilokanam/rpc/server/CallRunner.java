package io.vilokanam.rpc.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.vilokanam.rpc.method.Dispatcher;
import io.vilokanam.rpc.method.Dispatcher.Answer;
import io.vilokanam.rpc.method.RpcSession;
import io.vilokanam.rpc.protocol.RequestReader.Message;

/** Answers messages on threads of their own, so that no method holds up an event loop; only so many at one time. */
final class CallRunner implements AutoCloseable {

    /** A longer message is read on the call's own thread. */
    private static final int READ_AT_ONCE_BYTES_MAX = 2048;

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

    /**
     * {@code done} is called on the call's thread, unless the server is closed before; or at once on the caller's, where the
     * answer is at hand; or on any other, where no thread need wait for it.
     */
    void run(byte[] text, RpcSession session, Consumer<Answer> done) {
        Message message = text.length <= READ_AT_ONCE_BYTES_MAX ? dispatcher.read(text) : null;
        if (message != null && dispatcher.isPrompt(message, session)) {
            done.accept(dispatcher.answer(message, session));
            return;
        }
        if (message != null && dispatcher.answerLater(message, session, done)) {
            return;
        }
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
                answer = dispatcher.answer(message == null ? dispatcher.read(text) : message, session);
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
