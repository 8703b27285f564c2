package io.vilokanam.node.network;

import io.vilokanam.node.network.address.PeerId;

/** Takes what peers deserve. */
@FunctionalInterface
public interface PeerJudge {
    void report(PeerId peer, ReputationChange change);
}
