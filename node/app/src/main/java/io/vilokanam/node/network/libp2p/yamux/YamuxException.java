package io.vilokanam.node.network.libp2p.yamux;

/** The other side broke yamux's rules, so the whole connection is lost. */
public final class YamuxException extends Exception {

    private static final long serialVersionUID = 1;

    YamuxException(String message) {
        super(message, null, false, false);
    }
}
