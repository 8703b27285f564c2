package io.vilokanam.node.network;

/** An address that this node was told to listen on cannot be listened on. */
public final class ListenException extends Exception {

    private static final long serialVersionUID = 1;

    public ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
