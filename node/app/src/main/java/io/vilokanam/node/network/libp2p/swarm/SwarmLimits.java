package io.vilokanam.node.network.libp2p.swarm;

import java.time.Duration;

/**
 * How many connections there may be.
 *
 * @param inboundMax connections that peers have dialled
 * @param unknownMax those of them that have not shaken hands yet
 * @param perAddressMax those from one IP address
 * @param dialsMax peers that are being dialled at a time
 * @param perPeerMax connections to one peer, both ways
 * @param idle how long a connection may be of no use before it is closed
 */
public record SwarmLimits(int inboundMax, int unknownMax, int perAddressMax, int dialsMax, int perPeerMax,
        Duration idle) {

    public static final SwarmLimits DEFAULT = new SwarmLimits(1_000, 100, 200, 30, 2, Duration.ofSeconds(10));
}
