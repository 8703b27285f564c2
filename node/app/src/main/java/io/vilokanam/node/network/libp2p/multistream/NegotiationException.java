package io.vilokanam.node.network.libp2p.multistream;

/** What arrived is no multistream-select. */
public final class NegotiationException extends Exception {

    private static final long serialVersionUID = 1;

    NegotiationException(String message) {
        super(message, null, false, false);
    }
}
