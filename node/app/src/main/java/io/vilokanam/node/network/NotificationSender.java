package io.vilokanam.node.network;

import java.util.Set;

import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.scale.Bytes;

/** Sends on the links of one notification protocol. May be used by any thread. */
public interface NotificationSender {

    /** Queues a message; messages of one caller thread to one peer arrive in order. */
    Sent send(PeerId peer, Bytes message);

    /** Closes this protocol's link to the peer. It may be opened again after some seconds by either side. */
    void close(PeerId peer);

    /** Peers with an open link, sorted: a snapshot. */
    Set<PeerId> peers();

    /** What became of a message. */
    enum Sent {
        /** It will be written, unless the link is lost before. */
        QUEUED,
        /** There is no open link to this peer. */
        NOT_OPEN,
        /** It is empty or longer than the protocol allows. */
        WRONG_SIZE,
        /** The peer reads too slowly; its link is being closed for that. */
        TOO_SLOW
    }
}
