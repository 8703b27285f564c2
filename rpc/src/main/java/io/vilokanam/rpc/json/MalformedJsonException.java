package io.vilokanam.rpc.json;

/** A text that is not JSON. */
public final class MalformedJsonException extends Exception {

    private static final long serialVersionUID = 1;

    MalformedJsonException(String expected, int at) {
        this(expected, at, null);
    }

    MalformedJsonException(String expected, int at, Throwable cause) {
        super("expected " + expected + " at byte " + at, cause, false, false);
    }
}
