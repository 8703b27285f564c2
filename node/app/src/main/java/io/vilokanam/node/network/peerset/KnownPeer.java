package io.vilokanam.node.network.peerset;

import java.util.List;

import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;

/**
 * What is remembered of a peer.
 *
 * @param addresses without {@code /p2p}, the best one first
 */
public record KnownPeer(PeerId peer, int reputation, List<Multiaddr> addresses) {

    public KnownPeer {
        addresses = List.copyOf(addresses);
    }
}
