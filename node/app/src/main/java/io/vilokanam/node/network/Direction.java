package io.vilokanam.node.network;

/** Who began something: a connection, a link. */
public enum Direction {
    /** The peer did. */
    INBOUND,
    /** This node did. */
    OUTBOUND
}
