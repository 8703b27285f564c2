package io.vilokanam.node.network;

import java.util.Map;

/**
 * What a network counts beside bytes.
 *
 * @param openedInbound connections that peers began and that could be used
 * @param openedOutbound those that this node began
 * @param closed connections that are over, by direction
 * @param peersSeen peers whose first connection opened
 * @param peersLost peers whose last connection is over
 * @param pending dials that are under way
 * @param failedHandshakes connections of others that ended before they could be used
 * @param failedListens addresses that could not be listened on
 * @param unreachable peers that did not answer at any address
 * @param discovered peers of whom addresses are known
 * @param banned peers that are not spoken to
 * @param queries random walks of discovery
 * @param known peers that discovery can ask, by the logarithm of their distance
 */
public record NetworkCensus(long openedInbound, long openedOutbound, Map<Direction, Long> closed, long peersSeen,
        long peersLost, int pending, long failedHandshakes, long failedListens, long unreachable, int discovered,
        int banned, long queries,
        Map<Integer, Integer> known) {

    public static final NetworkCensus NONE = new NetworkCensus(0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

    public NetworkCensus {
        closed = Map.copyOf(closed);
        known = Map.copyOf(known);
    }
}
