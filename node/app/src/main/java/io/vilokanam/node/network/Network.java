package io.vilokanam.node.network;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;

/**
 * The peers of a chain and what can be said to them: the face that protocols see of the network layer.
 *
 * <p>Protocols are registered first, then the network is started. All methods may be called by any thread and return at once;
 * what they ask for happens on the network's own thread. Everything that concerns one protocol is told on one virtual thread of
 * that protocol, in order and never two at a time, so a listener may take its time: while it does, peers that send more than
 * {@link NotificationProtocol#queueBytesMax} are made to wait by flow control, and the other protocols and the connection go on.
 */
public interface Network extends AutoCloseable {

    PeerId localPeer();

    /** Registers a notification protocol. Only before {@link #start}; exactly one protocol of a network is a leading one. */
    NotificationSender register(NotificationProtocol protocol, NotificationListener listener);

    /** Registers a request-response protocol. Only before {@link #start}. */
    RequestSender register(RequestProtocol protocol, RequestHandler handler);

    /**
     * Listens and begins to seek peers.
     *
     * @throws ListenException if some address cannot be listened on; the others are, and peers are sought all the same
     */
    void start() throws ListenException;

    /** Where peers reach this node, with the ports that were really bound; without {@code /p2p}. */
    List<Multiaddr> listenAddresses();

    /** Remembers where a peer can be reached. What is no address that can be dialled is dropped. */
    void learn(PeerId peer, Collection<Multiaddr> addresses);

    /** Holds a link to the peer outside of all slots and dials it again whenever it is lost. */
    void reserve(PeerId peer, Collection<Multiaddr> addresses);

    /** Undoes {@link #reserve}: the peer needs a slot again. */
    void unreserve(PeerId peer);

    Set<PeerId> reserved();

    /** Closes all connections to the peer, once what is queued for it has been written. */
    void disconnect(PeerId peer, String reason);

    /** Changes what this node thinks of a peer. Whoever falls below the ban threshold is disconnected. */
    void report(PeerId peer, ReputationChange change);

    /** Peers whose leading link is open in both directions: what stock calls connected. */
    List<ConnectedPeer> peers();

    default Traffic traffic() {
        return Traffic.NONE;
    }

    /** What is counted, as it was a moment ago. */
    default NetworkCensus census() {
        return NetworkCensus.NONE;
    }

    /** Closes all connections and listeners and waits until the network's threads have ended. */
    @Override
    void close();
}
