package io.vilokanam.node.network.libp2p.swarm;

import java.util.function.Consumer;
import java.util.function.Function;

import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.Wire;

/** Reaches other nodes. */
@FunctionalInterface
public interface Dialler {

    /**
     * @param connections makes the connection once there is a wire
     * @param failed is told why there is none, on the loop
     */
    void dial(Multiaddr address, Function<Wire, Connection> connections, Consumer<String> failed);
}
