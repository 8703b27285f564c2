package io.vilokanam.rpc.method;

import java.util.Optional;

/** The way out to a client. */
public interface Outbox {

    /** A message that is asked for when the client has room for it; empty if there is nothing to send any more. */
    @FunctionalInterface
    interface Outgoing {
        Optional<byte[]> take();
    }

    /** Sends a message of so many bytes after all that were handed in before. May be called from any thread. */
    void send(Outgoing message, int bytes);
}
