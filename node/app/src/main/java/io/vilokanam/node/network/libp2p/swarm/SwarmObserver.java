package io.vilokanam.node.network.libp2p.swarm;

import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.connection.Connection;

/** Told on the loop of what happens to connections. */
public interface SwarmObserver {

    /** Another connection to a peer can be used. */
    default void opened(Connection connection) {}

    /** One of a peer's connections is over. */
    default void ended(Connection connection, String reason) {}

    /** The last connection to a peer is over. */
    default void disconnected(PeerId peer) {}

    /** A peer could not be reached at any of the addresses that were tried. */
    default void unreachable(PeerId peer) {}

    /** A peer did what none of its kind does. */
    default void blamed(PeerId peer, ReputationChange change) {}

    /** An address led to nobody or to somebody else. */
    default void wrongAddress(PeerId peer, Multiaddr address) {}
}
