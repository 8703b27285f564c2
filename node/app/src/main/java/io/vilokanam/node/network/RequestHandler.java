package io.vilokanam.node.network;

import java.util.Optional;

import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.scale.Bytes;

/** Answers the requests of peers. Called on virtual threads, several at a time, and may block. */
@FunctionalInterface
public interface RequestHandler {

    /** Of a protocol that this node only asks with: refuses everything. */
    RequestHandler REFUSES_ALL = (_, _) -> Optional.empty();

    /** The response, which may be of no bytes; nothing to refuse. */
    Optional<Bytes> answer(PeerId peer, Bytes request);
}
