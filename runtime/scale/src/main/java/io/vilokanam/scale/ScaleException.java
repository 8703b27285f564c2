package io.vilokanam.scale;

/** Bytes that are not the SCALE encoding of the type that was expected. Carries no stack trace: foreign bytes are no bug. */
public final class ScaleException extends Exception {

    private static final long serialVersionUID = 1;

    public ScaleException(String message) {
        super(message, null, false, false);
    }
}
