package io.vilokanam.node.network.libp2p.swarm;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.ConnectionListener;
import io.vilokanam.node.network.libp2p.connection.Opening;
import io.vilokanam.node.network.libp2p.connection.Wire;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;

/** All connections of a node, by peer, and the protocols that are spoken on them. Belongs to the loop's thread. */
public final class Swarm implements ConnectionListener {

    private static final Logger LOG = LoggerFactory.getLogger("sub-libp2p");

    /** Addresses of one peer that are tried one after the other. */
    private static final int ADDRESSES_MAX = 8;
    /** Streams that do not make a connection useful: a ping each way. */
    private static final int STREAMS_OF_IDLE = 2;

    /** Three times in a short time are too often. */
    private static final ReputationChange BROKEN_RULES = new ReputationChange(-(1 << 29), "rules of yamux broken");

    private final Connection.Setup setup;
    private final SwarmLimits limits;
    private final Dialler dialler;
    private final Predicate<PeerId> isBanned;
    private final Map<String, StreamProtocol> protocols = new HashMap<>();
    private final List<SwarmObserver> observers = new ArrayList<>();
    private final Map<PeerId, List<Connection>> open = new TreeMap<>();
    private final Set<Connection> all = new LinkedHashSet<>();
    private final Map<Connection, Long> idleSince = new HashMap<>();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private final Map<PeerId, Deque<Multiaddr>> dials = new TreeMap<>();
    private int admitted;
    private long failedHandshakes;

    public Swarm(Connection.Setup setup, SwarmLimits limits, Dialler dialler, Predicate<PeerId> isBanned) {
        this.setup = setup;
        this.limits = limits;
        this.dialler = dialler;
        this.isBanned = isBanned;
    }

    /** Before anything is listened on. */
    public void speak(StreamProtocol protocol) {
        protocol.names().forEach(name -> protocols.put(name, protocol));
    }

    public void observe(SwarmObserver observer) {
        observers.add(observer);
    }

    public Set<String> spoken() {
        return Set.copyOf(protocols.keySet());
    }

    /** Begins to look for connections that are of no use. */
    public void start() {
        setup.loop().after(limits.idle().dividedBy(2), this::sweep);
    }

    private void sweep() {
        long now = setup.loop().nowMillis();
        for (Connection connection : List.copyOf(all)) {
            if (!connection.isOpen() || connection.streamCount() > STREAMS_OF_IDLE) {
                idleSince.remove(connection);
            } else if (now - idleSince.computeIfAbsent(connection, _ -> now) >= limits.idle().toMillis()) {
                connection.close("nothing to do");
            }
        }
        setup.loop().after(limits.idle().dividedBy(2), this::sweep);
    }

    /** Whether a connection may come in from an address; {@link #released} has to follow if so. */
    public boolean admit(InetAddress from) {
        long unknown = all.stream().filter(some -> !some.isOpen() && some.origin().direction() == Direction.INBOUND)
                .count();
        if (admitted >= limits.inboundMax() || unknown >= limits.unknownMax()
                || perAddress.getOrDefault(from, 0) >= limits.perAddressMax()) {
            return false;
        }
        admitted++;
        perAddress.merge(from, 1, Integer::sum);
        return true;
    }

    /** A connection that was admitted is gone. */
    public void released(InetAddress from) {
        admitted--;
        perAddress.computeIfPresent(from, (_, count) -> count == 1 ? null : count - 1);
    }

    /** The connection of a wire that came in. */
    public Connection incoming(Multiaddr from, Wire wire) {
        return connection(new Connection.Origin(Direction.INBOUND, from, Optional.empty()), wire);
    }

    private Connection connection(Connection.Origin origin, Wire wire) {
        Connection connection = new Connection(setup, origin, wire, this);
        all.add(connection);
        return connection;
    }

    /** Tries addresses one after the other until the peer answers at one; nothing where there is a connection or enough is tried. */
    public void dial(PeerId peer, Collection<Multiaddr> addresses) {
        if (open.containsKey(peer) || dials.containsKey(peer)) {
            return;
        }
        Deque<Multiaddr> left = new ArrayDeque<>();
        addresses.stream().filter(address -> address.endpoint().isPresent()).limit(ADDRESSES_MAX).forEach(left::add);
        if (left.isEmpty() || dials.size() >= limits.dialsMax()) {
            observers.forEach(observer -> observer.unreachable(peer));
            return;
        }
        dials.put(peer, left);
        dialNext(peer);
    }

    /** How many connections there are to a peer. */
    int connectionCount(PeerId peer) {
        return open.getOrDefault(peer, List.of()).size();
    }

    /** How many connections of others ended before they could be used. */
    public long failedHandshakes() {
        return failedHandshakes;
    }

    /** How many peers are being dialled. */
    public int dialling() {
        return dials.size();
    }

    private void dialNext(PeerId peer) {
        Deque<Multiaddr> left = dials.get(peer);
        if (left.isEmpty()) {
            dials.remove(peer);
            observers.forEach(observer -> observer.unreachable(peer));
            return;
        }
        Multiaddr address = left.remove();
        Connection.Origin origin = new Connection.Origin(Direction.OUTBOUND, address, Optional.of(peer));
        dialler.dial(address, wire -> connection(origin, wire), reason -> {
            LOG.debug("dial failed peer={} address={} reason={}", peer, address, reason);
            dialFailed(peer, address);
        });
    }

    private void dialFailed(PeerId peer, Multiaddr address) {
        observers.forEach(observer -> observer.wrongAddress(peer, address));
        if (dials.containsKey(peer)) {
            dialNext(peer);
        }
    }

    public boolean isConnected(PeerId peer) {
        return open.containsKey(peer);
    }

    public Set<PeerId> connected() {
        return Set.copyOf(open.keySet());
    }

    /** The oldest connection to a peer. */
    public Optional<Connection> connection(PeerId peer) {
        return Optional.ofNullable(open.get(peer)).map(List::getFirst);
    }

    /** Opens a stream to a peer on its oldest connection. */
    public void open(PeerId peer, List<String> names, Consumer<Opening> receiver) {
        Optional<Connection> connection = connection(peer);
        if (connection.isPresent()) {
            connection.get().open(names, receiver);
        } else {
            receiver.accept(new Opening.Failed());
        }
    }

    public void disconnect(PeerId peer, String reason) {
        List.copyOf(open.getOrDefault(peer, List.of())).forEach(connection -> connection.close(reason));
    }

    /** Tells of what a peer did. */
    public void blame(PeerId peer, ReputationChange change) {
        observers.forEach(observer -> observer.blamed(peer, change));
    }

    @Override
    public void broke(Connection connection) {
        blame(connection.peer(), BROKEN_RULES);
    }

    /** Ends everything. */
    public void close() {
        List.copyOf(all).forEach(connection -> connection.close("this node ends"));
    }

    @Override
    public void opened(Connection connection) {
        PeerId peer = connection.peer();
        if (connection.origin().direction() == Direction.OUTBOUND) {
            dials.remove(peer);
        }
        List<Connection> others = open.getOrDefault(peer, List.of());
        if (isBanned.test(peer)) {
            connection.close("banned");
        } else if (others.size() >= limits.perPeerMax()) {
            connection.close("connected " + others.size() + " times already");
        } else {
            LOG.debug("connection opened peer={} direction={} address={}", peer, connection.origin().direction(),
                    connection.origin().address());
            open.computeIfAbsent(peer, _ -> new ArrayList<>()).add(connection);
            List.copyOf(observers).forEach(observer -> observer.opened(connection));
        }
    }

    @Override
    public boolean isSpoken(String protocol) {
        return protocols.containsKey(protocol);
    }

    @Override
    public void accepted(Connection connection, YamuxStream stream, String protocol) {
        protocols.get(protocol).accepted(connection, stream);
    }

    @Override
    public void ended(Connection connection, String reason) {
        all.remove(connection);
        idleSince.remove(connection);
        Connection.Origin origin = connection.origin();
        Optional<PeerId> peer = connection.knownPeer();
        LOG.debug("connection ended peer={} address={} reason={}", peer.map(PeerId::toString).orElse("unknown"),
                origin.address(),
                reason);
        List<Connection> ofPeer = peer.map(open::get).orElseGet(ArrayList::new);
        if (ofPeer.remove(connection)) {
            if (ofPeer.isEmpty()) {
                open.remove(peer.orElseThrow());
            }
            observers.forEach(observer -> observer.ended(connection, reason));
            if (ofPeer.isEmpty()) {
                observers.forEach(observer -> observer.disconnected(peer.orElseThrow()));
            }
        } else if (origin.direction() == Direction.OUTBOUND && dials.containsKey(origin.expected().orElseThrow())) {
            dialFailed(origin.expected().orElseThrow(), origin.address());
        } else if (origin.direction() == Direction.INBOUND && peer.isEmpty()) {
            failedHandshakes++;
        }
    }
}
