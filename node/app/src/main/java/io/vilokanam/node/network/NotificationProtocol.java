package io.vilokanam.node.network;

/**
 * A protocol in which both sides send messages whenever they like, after a handshake (Substrate's notifications protocols).
 *
 * @param handshakeBytesMax the longest handshake that is read
 * @param messageBytesMax the longest message that is read or sent; a longer one that arrives closes the link
 * @param queueBytesMax how much one peer may have waiting for the listener, beyond one message, before it is made to wait
 */
public record NotificationProtocol(ProtocolNames names, Role role, int handshakeBytesMax, int messageBytesMax,
        int queueBytesMax) {

    /** How many bytes of unheard messages a peer may have, where nothing else is said. */
    public static final int QUEUE_BYTES = 1 << 20;

    /** Which links there are. */
    public enum Role {
        /** Peers get slots by it: opened to whoever gets one, accepted from whoever finds one free (block announces). */
        LEADING,
        /** Opened to every peer whose leading link is open, accepted from those alone. Opened again when it is lost. */
        FOLLOWING
    }

    public static NotificationProtocol leading(ProtocolNames names, int handshakeBytesMax, int messageBytesMax) {
        return new NotificationProtocol(names, Role.LEADING, handshakeBytesMax, messageBytesMax, QUEUE_BYTES);
    }

    public static NotificationProtocol following(ProtocolNames names, int handshakeBytesMax, int messageBytesMax) {
        return new NotificationProtocol(names, Role.FOLLOWING, handshakeBytesMax, messageBytesMax, QUEUE_BYTES);
    }
}
