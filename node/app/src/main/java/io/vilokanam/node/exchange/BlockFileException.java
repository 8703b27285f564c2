package io.vilokanam.node.exchange;

/** A file of blocks does not hold what it should. The message says at which block. */
public final class BlockFileException extends Exception {

    private static final long serialVersionUID = 1;

    public BlockFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
