package io.vilokanam.offchain.tickchain;

/** The chain cannot be asked about tick-stream; the message says why. */
public final class ChainUnavailableException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean isWithoutTickStream;

    private ChainUnavailableException(String message, boolean isWithoutTickStream) {
        super(message, null, false, false);
        this.isWithoutTickStream = isWithoutTickStream;
    }

    public ChainUnavailableException(String message) {
        this(message, false);
    }

    /** The runtime of this chain has no tick-stream. */
    static ChainUnavailableException withoutTickStream() {
        return new ChainUnavailableException("this chain's runtime has no tick-stream", true);
    }

    /** Whether the runtime has no tick-stream at all, so that there is nothing to do. */
    public boolean isWithoutTickStream() {
        return isWithoutTickStream;
    }
}
