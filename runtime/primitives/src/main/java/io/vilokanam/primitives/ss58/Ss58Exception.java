package io.vilokanam.primitives.ss58;

/** A text that is not an SS58 address of the kind that was expected; the message says what is wrong with it. */
public final class Ss58Exception extends Exception {

    private static final long serialVersionUID = 1;

    Ss58Exception(String message) {
        super(message, null, false, false);
    }
}
