package io.vilokanam.rpc.backend;

/** Tells whether a node lives and keeps up: for those who restart it, or send it traffic. Safe for several threads. */
@FunctionalInterface
public interface HealthProbe {

    Standing standing();

    /**
     * How a node stands.
     *
     * @param isRunning whether everything that a node needs runs
     * @param best height of its best block
     * @param finalised height of its finalised block
     * @param target the height that its peers have, or its own
     * @param secondsSinceBlock since the last block became part of the chain, or since the start
     */
    record Standing(boolean isRunning, int peers, boolean isSyncing, boolean shouldHavePeers, long best, long finalised,
            long target, long secondsSinceBlock) {}
}
