package io.vilokanam.node.network.libp2p.links;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;

/** Decides which links of a protocol there may be, and is told of them. Called on the loop. */
public interface Gate {

    /** Whether a peer may begin a link at all, before it is known which slots it would take. */
    boolean isWelcome(PeerId peer);

    /** Whether a link that the protocol itself accepts may open. */
    boolean admit(PeerId peer, NotificationListener.Slots slots, Direction direction);

    void opened(PeerId peer);

    /** A link is over, or came to nothing. */
    void closed(PeerId peer, End end);

    void report(PeerId peer, ReputationChange change);

    /** How a link ended. */
    enum End {
        /** It never opened. */
        FAILED,
        /** It was open. */
        WAS_OPEN,
        /** It was refused here, before anything was answered. */
        REFUSED
    }
}
