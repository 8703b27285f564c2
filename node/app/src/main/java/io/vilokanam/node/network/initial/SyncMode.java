package io.vilokanam.node.network.initial;

/** How a node without blocks gets to the newest ones ({@code --sync}). */
public enum SyncMode {
    /** Every block is downloaded and executed. */
    FULL,
    /** The state of a final block is downloaded with proofs, blocks before it without executing them. */
    FAST,
    /** The same without proofs of the single pages; the whole state is compared with its root. */
    FAST_UNSAFE,
    /** As {@link #FAST}, once there are several peers to choose from. */
    WARP;

    /** How many peers are waited for, for a while. */
    int peersWanted() {
        return this == WARP ? 3 : 1;
    }
}
