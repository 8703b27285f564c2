package io.vilokanam.node.network.libp2p.connection;

import io.vilokanam.node.network.libp2p.yamux.YamuxStream;

/** What became of the wish to open a stream. */
public sealed interface Opening {

    /** Both sides speak this protocol on it now. Bytes may wait in it already. */
    record Open(YamuxStream stream, String protocol) implements Opening {}

    /** The other side knows none of the names. */
    record NotSupported() implements Opening {}

    /** There are too many streams, or the other side broke it off or took too long. */
    record Failed() implements Opening {}
}
