package io.vilokanam.node.network;

import java.util.function.Consumer;

import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.scale.Bytes;

/** Sends requests of one protocol. May be used by any thread. */
public interface RequestSender {

    /**
     * Asks a connected peer. {@code receiver} is told exactly once, on the protocol's thread, at the latest when the
     * protocol's timeout is over.
     */
    void send(PeerId peer, Bytes request, Consumer<RequestOutcome> receiver);
}
