package io.vilokanam.node.chainspec;

/** A chain specification cannot be used. The message names the field and what was expected. */
public final class ChainSpecException extends Exception {

    private static final long serialVersionUID = 1;

    public ChainSpecException(String message) {
        super(message);
    }

    public ChainSpecException(String message, Throwable cause) {
        super(message, cause);
    }
}
