package io.vilokanam.consensus.grandpa.gossip;

/**
 * The periods of gossip, in milliseconds.
 *
 * @param neighbor after so long without news peers are told again where we are; half of it is what a peer may repeat
 *     after
 * @param rebroadcast after so long what we keep is sent again, also to peers that should have it
 * @param catchUpRequest so long a peer may take to answer a catch-up request
 * @param catchUpProcessing so long our voter may take for a catch-up
 */
public record GossipTimes(long neighbor, long rebroadcast, long catchUpRequest, long catchUpProcessing) {

    /** What stock nodes use. */
    public static final GossipTimes STOCK = new GossipTimes(120_000, 300_000, 45_000, 30_000);
}
