package io.vilokanam.rpc.backend;

import io.vilokanam.primitives.Hash;

/** There is no state to answer from. */
public final class StateUnavailableException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why there is no state. */
    public enum Reason {
        /** The node never heard of the block. */
        UNKNOWN_BLOCK,
        /** The block is known, its state was pruned. */
        DISCARDED
    }

    private final Reason reason;
    private final transient Hash block;

    public StateUnavailableException(Reason reason, Hash block) {
        super(switch (reason) {
            case UNKNOWN_BLOCK -> "UnknownBlock: Header was not found in the database: " + block;
            case DISCARDED -> "UnknownBlock: State already discarded for " + block;
        }, null, false, false);
        this.reason = reason;
        this.block = block;
    }

    public Reason reason() {
        return reason;
    }

    public Hash block() {
        return block;
    }
}
