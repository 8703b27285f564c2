package io.vilokanam.frame.executive;

/** The runtime gives up a call: the block is invalid, or an invariant is broken. Nothing of the call may be kept. */
public final class RuntimePanic extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RuntimePanic(String message) {
        super(message);
    }
}
