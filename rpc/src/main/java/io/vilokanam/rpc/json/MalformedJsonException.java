package io.vilokanam.rpc.json;

/** A text that is not JSON. */
public final class MalformedJsonException extends Exception {

    private static final long serialVersionUID = 1;

    MalformedJsonException(String expected, int at) {
        super("expected " + expected + " at byte " + at, null, false, false);
    }
}
