package io.vilokanam.node.network;

/**
 * What the network has moved since its start.
 *
 * @param received bytes, as they came over the wire
 * @param sent bytes, as they went over it
 * @param connectionsOpened with peers that were known by then, by whomever they were begun
 * @param connectionsIncoming those of them that peers began
 */
public record Traffic(long received, long sent, long connectionsOpened, long connectionsIncoming) {

    public static final Traffic NONE = new Traffic(0, 0, 0, 0);
}
