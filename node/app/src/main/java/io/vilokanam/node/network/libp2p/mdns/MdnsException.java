package io.vilokanam.node.network.libp2p.mdns;

/** A packet that is no message of mDNS for this node. */
public final class MdnsException extends Exception {

    private static final long serialVersionUID = 1;

    MdnsException(String message) {
        super(message);
    }
}
