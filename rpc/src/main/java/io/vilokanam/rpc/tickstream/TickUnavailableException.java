package io.vilokanam.rpc.tickstream;

/** The collector cannot take words at present; the message says why. */
public final class TickUnavailableException extends Exception {

    private static final long serialVersionUID = 1;

    public TickUnavailableException(String message) {
        super(message, null, false, false);
    }
}
