package io.vilokanam.offchain.worker;

/** The state of a block is not there: the block is unknown, or its state was pruned. The message names the block. */
public final class StateMissingException extends Exception {

    private static final long serialVersionUID = 1;

    public StateMissingException(String message) {
        super(message, null, false, false);
    }
}
