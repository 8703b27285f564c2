package io.vilokanam.node.network.libp2p.connection;

import io.vilokanam.node.network.libp2p.yamux.YamuxStream;

/** Who is told of a connection's life, on its thread. */
public interface ConnectionListener {

    /** The other end is known and streams can be opened. */
    void opened(Connection connection);

    /** Whether the other side may open streams of this protocol. */
    boolean isSpoken(String protocol);

    /** The other side has opened a stream of a spoken protocol. Bytes behind the negotiation may wait in it already. */
    void accepted(Connection connection, YamuxStream stream, String protocol);

    /** The peer, who is known, broke the rules of streams: the connection is about to end. */
    void broke(Connection connection);

    /** It is over, whether or not it was ever opened; told once. */
    void ended(Connection connection, String reason);
}
