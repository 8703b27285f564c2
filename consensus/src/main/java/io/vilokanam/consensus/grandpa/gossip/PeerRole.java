package io.vilokanam.consensus.grandpa.gossip;

/** What a peer said it is when it connected. */
public enum PeerRole {
    /** A node that may vote. */
    AUTHORITY,
    /** A node that follows and relays. */
    FULL,
    /** A client that only wants commits. */
    LIGHT
}
