package io.vilokanam.node.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.scale.Bytes;

/** One node's network among others in the same process: what is sent is heard, in order, on a thread for each protocol. */
public final class MemoryNetwork implements Network {

    private final PeerId id;
    private final Map<String, Protocol> protocols = new LinkedHashMap<>();
    private final Map<String, Requests> requests = new LinkedHashMap<>();
    private final Map<PeerId, MemoryNetwork> links = new ConcurrentHashMap<>();
    private final List<ReputationChange> reports = new CopyOnWriteArrayList<>();
    private final List<String> disconnects = new CopyOnWriteArrayList<>();
    private final Set<PeerId> reserved = new TreeSet<>();

    /** The number makes the peer id. */
    public MemoryNetwork(int number) {
        byte[] key = new byte[32];
        key[31] = (byte) number;
        this.id = PeerId.ofEd25519(key);
    }

    private final class Protocol implements NotificationSender {
        private final NotificationProtocol description;
        private final NotificationListener listener;
        private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
        private final Set<PeerId> open = ConcurrentHashMap.newKeySet();

        private Protocol(NotificationProtocol description, NotificationListener listener) {
            this.description = description;
            this.listener = listener;
        }

        private void open(PeerId peer, Bytes handshake, Direction direction) {
            open.add(peer);
            thread.execute(() -> listener.opened(peer, handshake, direction));
        }

        private void shut(PeerId peer) {
            if (open.remove(peer)) {
                thread.execute(() -> listener.closed(peer));
            }
        }

        @Override
        public Sent send(PeerId peer, Bytes message) {
            MemoryNetwork other = links.get(peer);
            if (message.isEmpty() || message.size() > description.messageBytesMax()) {
                return Sent.WRONG_SIZE;
            }
            if (other == null || !open.contains(peer)) {
                return Sent.NOT_OPEN;
            }
            Protocol theirs = other.protocols.get(description.names().main());
            theirs.thread.execute(() -> {
                if (theirs.open.contains(id)) {
                    theirs.listener.received(id, message);
                }
            });
            return Sent.QUEUED;
        }

        @Override
        public void close(PeerId peer) {
            shut(peer);
            Optional.ofNullable(links.get(peer))
                    .ifPresent(other -> other.protocols.get(description.names().main()).shut(id));
        }

        @Override
        public Set<PeerId> peers() {
            return new TreeSet<>(open);
        }
    }

    private final class Requests implements RequestSender {
        private final RequestProtocol description;
        private final RequestHandler handler;
        private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

        private Requests(RequestProtocol description, RequestHandler handler) {
            this.description = description;
            this.handler = handler;
        }

        @Override
        public void send(PeerId peer, Bytes request, Consumer<RequestOutcome> receiver) {
            MemoryNetwork other = links.get(peer);
            if (other == null) {
                thread.execute(() -> receiver.accept(new RequestOutcome.Failed(RequestOutcome.Failure.NOT_CONNECTED)));
                return;
            }
            Thread.ofVirtual().start(() -> {
                RequestOutcome outcome = other.requests.get(description.names().main()).handler.answer(id, request)
                        .<RequestOutcome>map(RequestOutcome.Answered::new)
                        .orElse(new RequestOutcome.Failed(RequestOutcome.Failure.REFUSED));
                thread.execute(() -> receiver.accept(outcome));
            });
        }
    }

    /** Opens all links between two nodes, if both want them. */
    public static boolean connect(MemoryNetwork one, MemoryNetwork two) {
        one.links.put(two.id, two);
        two.links.put(one.id, one);
        List<String> names = new ArrayList<>(one.protocols.keySet());
        names.sort((a, b) -> rank(one, a) - rank(one, b));
        for (String name : names) {
            Protocol mine = one.protocols.get(name);
            Protocol theirs = two.protocols.get(name);
            if (theirs != null && !join(one, mine, two, theirs)
                    && mine.description.role() == NotificationProtocol.Role.LEADING) {
                one.disconnect(two.id, "refused");
                return false;
            }
        }
        return true;
    }

    private static int rank(MemoryNetwork of, String name) {
        return of.protocols.get(name).description.role().ordinal();
    }

    private static boolean join(MemoryNetwork one, Protocol mine, MemoryNetwork two, Protocol theirs) {
        Bytes fromOne = mine.listener.handshake(two.id);
        Bytes fromTwo = theirs.listener.handshake(one.id);
        boolean isWanted = accepts(two, theirs.listener.judge(one.id, fromOne, Direction.INBOUND))
                & accepts(one, mine.listener.judge(two.id, fromTwo, Direction.OUTBOUND));
        if (isWanted) {
            mine.open(two.id, fromTwo, Direction.OUTBOUND);
            theirs.open(one.id, fromOne, Direction.INBOUND);
        }
        return isWanted;
    }

    private static boolean accepts(MemoryNetwork judge, NotificationListener.Verdict verdict) {
        return switch (verdict) {
            case NotificationListener.Verdict.Accept _ -> true;
            case NotificationListener.Verdict.Refuse(var change) -> {
                judge.reports.add(change);
                yield false;
            }
        };
    }

    /** What this node thought worth a report, in order. */
    public List<ReputationChange> reports() {
        return List.copyOf(reports);
    }

    /** Why this node ended connections. */
    public List<String> disconnects() {
        return List.copyOf(disconnects);
    }

    @Override
    public PeerId localPeer() {
        return id;
    }

    @Override
    public NotificationSender register(NotificationProtocol protocol, NotificationListener listener) {
        Protocol added = new Protocol(protocol, listener);
        protocols.put(protocol.names().main(), added);
        return added;
    }

    @Override
    public RequestSender register(RequestProtocol protocol, RequestHandler handler) {
        Requests added = new Requests(protocol, handler);
        requests.put(protocol.names().main(), added);
        return added;
    }

    @Override
    public void start() {
        // There is nothing to listen on.
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return List.of();
    }

    @Override
    public void learn(PeerId peer, Collection<Multiaddr> addresses) {
        // Tests connect nodes themselves.
    }

    @Override
    public void reserve(PeerId peer, Collection<Multiaddr> addresses) {
        reserved.add(peer);
    }

    @Override
    public void unreserve(PeerId peer) {
        reserved.remove(peer);
    }

    @Override
    public Set<PeerId> reserved() {
        return Set.copyOf(reserved);
    }

    @Override
    public void disconnect(PeerId peer, String reason) {
        disconnects.add(reason);
        MemoryNetwork other = links.remove(peer);
        if (other != null) {
            other.links.remove(id);
            protocols.values().forEach(protocol -> protocol.shut(peer));
            other.protocols.values().forEach(protocol -> protocol.shut(id));
        }
    }

    @Override
    public void report(PeerId peer, ReputationChange change) {
        reports.add(change);
    }

    @Override
    public List<ConnectedPeer> peers() {
        return links.keySet().stream().sorted()
                .map(peer -> new ConnectedPeer(peer, address(), Direction.OUTBOUND, "", Bytes.EMPTY)).toList();
    }

    private static Multiaddr address() {
        try {
            return Multiaddr.parse("/memory/1");
        } catch (AddressException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        List.copyOf(links.keySet()).forEach(peer -> disconnect(peer, "closing"));
        protocols.values().forEach(protocol -> protocol.thread.close());
        requests.values().forEach(protocol -> protocol.thread.close());
    }
}
