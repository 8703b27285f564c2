package io.vilokanam.node.network.libp2p.swarm;

import java.util.List;

import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;

/** A protocol whose streams peers may open. Called on the loop. */
public interface StreamProtocol {

    List<String> names();

    /** A peer has opened a stream. Its first bytes may be there already. */
    void accepted(Connection connection, YamuxStream stream);
}
