package io.vilokanam.node.network.libp2p.links;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.NotificationSender;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.Loop;
import io.vilokanam.node.network.libp2p.connection.Opening;
import io.vilokanam.node.network.libp2p.swarm.StreamProtocol;
import io.vilokanam.node.network.libp2p.swarm.Swarm;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;
import io.vilokanam.scale.Bytes;

/** The links of one notification protocol, at most one a peer. Belongs to the loop's thread but for what says otherwise. */
public final class LinkSet implements StreamProtocol, NotificationSender {

    private static final Logger LOG = LoggerFactory.getLogger("sub-libp2p");

    /** Bytes of messages that have begun to arrive, over all links of the protocol. */
    static final long COLLECTED_MAX = 64 << 20;

    /** How long it may take until a link is open in both directions. */
    static final Duration OPENING_MAX = Duration.ofSeconds(10);

    private final NotificationProtocol protocol;
    private final NotificationListener listener;
    private final Swarm swarm;
    private final Loop loop;
    private final Executor told;
    private final Map<PeerId, Link> links = new TreeMap<>();
    /** Those of them that are open, for senders on other threads. */
    private final Map<PeerId, Link> open = new ConcurrentHashMap<>();
    private final Gate gate;
    private long collected;

    /** @param told the protocol's thread */
    public LinkSet(NotificationProtocol protocol, NotificationListener listener, Swarm swarm, Loop loop, Executor told,
            Gate gate) {
        this.protocol = protocol;
        this.listener = listener;
        this.swarm = swarm;
        this.loop = loop;
        this.told = told;
        this.gate = gate;
    }

    NotificationProtocol protocol() {
        return protocol;
    }

    NotificationListener listener() {
        return listener;
    }

    Gate gate() {
        return gate;
    }

    Loop loop() {
        return loop;
    }

    Executor told() {
        return told;
    }

    @Override
    public List<String> names() {
        return protocol.names().all();
    }

    /** Opens a link to a connected peer, unless there is one or it is on its way. */
    public void open(PeerId peer) {
        if (links.containsKey(peer)) {
            return;
        }
        Link link = add(peer, Direction.OUTBOUND);
        openOutbound(link);
    }

    private Link add(PeerId peer, Direction direction) {
        Link link = new Link(this, peer, direction);
        links.put(peer, link);
        link.timer = loop.after(OPENING_MAX, link::fail);
        return link;
    }

    /** Opens the stream in the direction of this node's messages. */
    void openOutbound(Link link) {
        swarm.open(link.peer(), protocol.names().all(), opening -> {
            if (opening instanceof Opening.Open(var stream, _)) {
                link.outboundNegotiated(stream);
            } else {
                link.fail();
            }
        });
    }

    @Override
    public void accepted(Connection connection, YamuxStream stream) {
        PeerId peer = connection.peer();
        Link link = links.get(peer);
        if (link == null && !gate.isWelcome(peer) || link != null && link.hasInbound()) {
            stream.reset();
            return;
        }
        (link == null ? add(peer, Direction.INBOUND) : link).inboundNegotiated(stream);
    }

    /** Whether the peer's handshake was accepted, although the link may not be open in both directions yet. */
    public boolean isAdmitted(PeerId peer) {
        return Optional.ofNullable(links.get(peer)).map(Link::isAdmitted).orElse(false);
    }

    public boolean isOpen(PeerId peer) {
        return open.containsKey(peer);
    }

    /** What the peer sent when the link opened. */
    public Optional<Bytes> handshakeOf(PeerId peer) {
        return Optional.ofNullable(open.get(peer)).flatMap(Link::handshake);
    }

    /** One link has so many bytes more, or less, of a message that is not whole; whether that is not too much in all. */
    boolean collect(int difference) {
        collected += difference;
        return collected <= COLLECTED_MAX;
    }

    /** Whoever is told of the link may send on it already, and sees its peer among the connected. */
    void hasOpened(Link link, Runnable tell) {
        LOG.debug("link opened protocol={} peer={}", protocol.names().main(), link.peer());
        open.put(link.peer(), link);
        gate.opened(link.peer());
        told.execute(tell);
    }

    void hasEnded(Link link, Gate.End end) {
        LOG.debug("link ended protocol={} peer={} how={}", protocol.names().main(), link.peer(), end);
        links.remove(link.peer());
        open.remove(link.peer());
        gate.closed(link.peer(), end);
    }

    /** Ends the link to a peer, in whatever state it is. */
    public void drop(PeerId peer) {
        Optional.ofNullable(links.get(peer)).ifPresent(Link::close);
    }

    /** May be called by any thread. */
    @Override
    public Sent send(PeerId peer, Bytes message) {
        if (message.isEmpty() || message.size() > protocol.messageBytesMax()) {
            return Sent.WRONG_SIZE;
        }
        Link link = open.get(peer);
        return link == null ? Sent.NOT_OPEN : link.send(message);
    }

    /** May be called by any thread. */
    @Override
    public void close(PeerId peer) {
        loop.execute(() -> drop(peer));
    }

    /** May be called by any thread. */
    @Override
    public Set<PeerId> peers() {
        return new TreeSet<>(open.keySet());
    }
}
