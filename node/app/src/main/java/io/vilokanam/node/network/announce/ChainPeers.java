package io.vilokanam.node.network.announce;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.network.NetworkCensus;
import io.vilokanam.node.network.Traffic;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;

/** The network as the rest of the node sees it: who is there, and how far the others are. May be used by any thread. */
public interface ChainPeers {

    /** A peer as it told of itself. */
    record Peer(PeerId id, Roles roles, BlockRef best) {}

    List<Peer> peers();

    /** Whether the chain is so far behind that nothing is authored or told on. */
    boolean isMajorSyncing();

    /** The height that the peers have, or the own one where that is higher. */
    long syncTarget();

    List<Multiaddr> listenAddresses();

    default Traffic traffic() {
        return Traffic.NONE;
    }

    /** What the network counts. */
    default NetworkCensus census() {
        return NetworkCensus.NONE;
    }

    Set<PeerId> reserved();

    void reserve(PeerId peer, Collection<Multiaddr> addresses);

    void unreserve(PeerId peer);
}
