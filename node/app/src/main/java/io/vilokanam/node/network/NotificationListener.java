package io.vilokanam.node.network;

import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.scale.Bytes;

/**
 * What a notification protocol does with its links. {@link #handshake} and {@link #judge} are called on the network's thread and
 * have to answer at once, from memory; the others on the protocol's thread, in order. Between {@link #opened} and {@link #closed}
 * a link is open in both directions; every {@code opened} has its {@code closed}.
 */
public interface NotificationListener {

    /** What to send as handshake to the peer now. */
    Bytes handshake(PeerId peer);

    /**
     * What to do with a peer that has sent this handshake, before the link opens.
     *
     * @param direction {@code INBOUND} where the peer opened first and nothing has been answered yet
     */
    Verdict judge(PeerId peer, Bytes handshake, Direction direction);

    void opened(PeerId peer, Bytes handshake, Direction direction);

    void received(PeerId peer, Bytes message);

    void closed(PeerId peer);

    /** Whether a link may open, and whose slots it counts for if it is a leading one. */
    sealed interface Verdict {

        /** It may, and takes one of the slots that are for peers of this kind. */
        record Accept(Slots slots) implements Verdict {}

        /** It may not. */
        record Refuse(ReputationChange change) implements Verdict {}
    }

    /** Which slots a peer takes when it opened the link. */
    enum Slots {
        /** Those of full nodes and authorities. */
        FULL,
        /** Those of light clients. */
        LIGHT
    }
}
