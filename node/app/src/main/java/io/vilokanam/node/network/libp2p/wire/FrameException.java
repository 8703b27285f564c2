package io.vilokanam.node.network.libp2p.wire;

/** A length in front of a message that no honest peer writes. */
public final class FrameException extends Exception {

    private static final long serialVersionUID = 1;

    public FrameException(String message) {
        super(message, null, false, false);
    }
}
