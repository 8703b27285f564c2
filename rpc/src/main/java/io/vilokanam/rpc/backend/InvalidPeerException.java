package io.vilokanam.rpc.backend;

/** A peer address or id that does not parse. */
public final class InvalidPeerException extends Exception {

    private static final long serialVersionUID = 1;

    public InvalidPeerException(String message) {
        super(message, null, false, false);
    }
}
