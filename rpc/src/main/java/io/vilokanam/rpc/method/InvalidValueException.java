package io.vilokanam.rpc.method;

/** A parameter that is not what its type asks for; the message is the {@code data} of the answer, worded as serde does. */
public final class InvalidValueException extends Exception {

    private static final long serialVersionUID = 1;

    /** The message for a fault that has a place in the text comes from {@link ValueReader}. */
    public InvalidValueException(String message) {
        super(message, null, false, false);
    }
}
