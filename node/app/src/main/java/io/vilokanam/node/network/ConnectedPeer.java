package io.vilokanam.node.network;

import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.scale.Bytes;

/**
 * A peer with an open leading link.
 *
 * @param address its end of the connection
 * @param direction who dialled the connection
 * @param agent what it calls itself in identify, empty as long as it has not said so
 * @param handshake what it sent on the leading link
 */
public record ConnectedPeer(PeerId peer, Multiaddr address, Direction direction, String agent, Bytes handshake) {}
