package io.vilokanam.node.network.libp2p.connection;

/** A connection's bytes on their way out: TCP, or binary messages of a WebSocket. */
public interface Wire {

    /** Queues bytes, which the caller does not change any more. */
    void write(byte[] bytes);

    /** Whether what was written before has mostly left. */
    boolean isWritable();

    /** Bytes written that have not left. */
    long pendingBytes();

    /** Closes once what was written has left, or soon if it does not leave. */
    void close();
}
