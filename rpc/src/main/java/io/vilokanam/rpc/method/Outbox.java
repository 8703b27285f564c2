package io.vilokanam.rpc.method;

import java.util.Optional;
import java.util.concurrent.Executor;

/** The way out to a client. */
public interface Outbox {

    /** A message that is asked for when the client has room for it; empty if there is nothing to send any more. */
    @FunctionalInterface
    interface Outgoing {
        Optional<byte[]> take();
    }

    /**
     * The thread that writes to this client and to others. What many are sent at one time is best handed over on it: that wakes
     * it once for all.
     */
    Executor writer();

    /** Sends a message of so many bytes after all that were handed in before. May be called from any thread. */
    void send(Outgoing message, int bytes);
}
