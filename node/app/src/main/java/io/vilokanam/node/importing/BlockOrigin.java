package io.vilokanam.node.importing;

/** Where a block came from. */
public enum BlockOrigin {
    /** This node authored it. */
    OWN,
    /** Read from a file of exported blocks. */
    FILE,
    /** Announced by a peer at the tip of the chain. */
    BROADCAST,
    /** Asked for while catching up. */
    SYNC
}
