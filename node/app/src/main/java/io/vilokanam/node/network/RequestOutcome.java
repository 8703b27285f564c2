package io.vilokanam.node.network;

import io.vilokanam.scale.Bytes;

/** What became of a request. */
public sealed interface RequestOutcome {

    record Answered(Bytes response) implements RequestOutcome {}

    record Failed(Failure failure) implements RequestOutcome {}

    /** Why there is no answer. */
    enum Failure {
        /** There is no connection to the peer. */
        NOT_CONNECTED,
        /** The peer knows none of the protocol's names. */
        NOT_SUPPORTED,
        /** The peer ended the stream without a whole response. */
        REFUSED,
        /** The response is longer than the protocol allows, or its length is no valid one. */
        MALFORMED,
        /** Time is up. */
        TIMEOUT,
        /** The connection was lost on the way. */
        CONNECTION_LOST,
        /** Too many requests to this peer are under way, or this request is too long. */
        NOT_SENT
    }
}
