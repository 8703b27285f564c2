package io.vilokanam.node.network.libp2p.connection;

import java.time.Duration;

/** The one thread that owns all connections, and its clock. */
public interface Loop {

    /** Runs something on the thread, later. May be called by any thread. */
    void execute(Runnable task);

    /** Runs something on the thread once a time has passed. */
    Timer after(Duration delay, Runnable task);

    /** Milliseconds that never go back, from whatever beginning. */
    long nowMillis();

    /** Something that will be run. */
    @FunctionalInterface
    interface Timer {
        void cancel();
    }
}
