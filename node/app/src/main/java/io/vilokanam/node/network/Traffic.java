package io.vilokanam.node.network;

/**
 * What the network has moved since its start.
 *
 * @param received bytes, as they came over the wire
 * @param sent bytes, as they went over it
 * @param connectionsIncoming those that peers began and that could be used
 */
public record Traffic(long received, long sent, long connectionsIncoming) {

    public static final Traffic NONE = new Traffic(0, 0, 0);
}
