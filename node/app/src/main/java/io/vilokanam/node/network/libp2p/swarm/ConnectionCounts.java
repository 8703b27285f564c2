package io.vilokanam.node.network.libp2p.swarm;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.connection.Connection;

/** Counts what happens to connections. Belongs to the loop's thread, but any may ask how many opened. */
public final class ConnectionCounts implements SwarmObserver {

    private final Map<Direction, AtomicLong> opened = Map.of(Direction.INBOUND, new AtomicLong(), Direction.OUTBOUND,
            new AtomicLong());
    private final Map<Direction, Long> closed = new EnumMap<>(Direction.class);
    private final Swarm swarm;
    private long seen;
    private long lost;
    private long unreachable;

    public ConnectionCounts(Swarm swarm) {
        this.swarm = swarm;
    }

    @Override
    public void opened(Connection connection) {
        opened.get(connection.origin().direction()).incrementAndGet();
        if (swarm.connectionCount(connection.peer()) == 1) {
            seen++;
        }
    }

    @Override
    public void ended(Connection connection, String reason) {
        closed.merge(connection.origin().direction(), 1L, Long::sum);
    }

    @Override
    public void disconnected(PeerId peer) {
        lost++;
    }

    @Override
    public void unreachable(PeerId peer) {
        unreachable++;
    }

    public long opened(Direction direction) {
        return opened.get(direction).get();
    }

    public Map<Direction, Long> closed() {
        return Map.copyOf(closed);
    }

    /** Peers whose first connection opened. */
    public long seen() {
        return seen;
    }

    /** Peers whose last connection is over. */
    public long lost() {
        return lost;
    }

    /** Peers that answered at no address. */
    public long unreachable() {
        return unreachable;
    }
}
