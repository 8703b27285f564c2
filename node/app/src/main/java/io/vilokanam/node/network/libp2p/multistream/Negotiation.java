package io.vilokanam.node.network.libp2p.multistream;

import java.util.Optional;
import java.util.function.Consumer;

import io.vilokanam.node.network.libp2p.wire.ByteQueue;

/**
 * Agreeing on a protocol by multistream-select 1.0. Reads exactly the bytes that belong to it: what stands behind the last of
 * them is the agreed protocol's and stays in the queue.
 */
public sealed interface Negotiation permits DialerNegotiation, ListenerNegotiation {

    /** What to write before anything has arrived; may be empty. */
    byte[] greeting();

    /**
     * Goes on with what has arrived.
     *
     * @param out is given what to write
     * @return the result, once there is one; this is not to be called again then
     */
    Optional<Result> advance(ByteQueue in, Consumer<byte[]> out) throws NegotiationException;

    /** How it ended. */
    sealed interface Result {

        /** Both sides speak the protocol of this name from here on. */
        record Agreed(String name) implements Result {}

        /** The other side knows none of the names. */
        record Refused() implements Result {}
    }
}
