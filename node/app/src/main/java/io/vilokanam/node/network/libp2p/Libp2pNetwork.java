package io.vilokanam.node.network.libp2p;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.node.network.ConnectedPeer;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.ListenException;
import io.vilokanam.node.network.Network;
import io.vilokanam.node.network.NetworkCensus;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.NotificationSender;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.RequestProtocol;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.Traffic;
import io.vilokanam.node.network.address.AnyAddress;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.Loop;
import io.vilokanam.node.network.libp2p.identify.IdentifyService;
import io.vilokanam.node.network.libp2p.identify.Identity;
import io.vilokanam.node.network.libp2p.kademlia.KademliaService;
import io.vilokanam.node.network.libp2p.links.LinkSet;
import io.vilokanam.node.network.libp2p.mdns.MdnsService;
import io.vilokanam.node.network.libp2p.ping.PingService;
import io.vilokanam.node.network.libp2p.requests.RequestService;
import io.vilokanam.node.network.libp2p.swarm.ConnectionCounts;
import io.vilokanam.node.network.libp2p.swarm.Swarm;
import io.vilokanam.node.network.libp2p.swarm.SwarmObserver;
import io.vilokanam.node.network.libp2p.transport.Transport;
import io.vilokanam.node.network.peerset.KnownPeer;
import io.vilokanam.node.network.peerset.PeerSet;
import io.vilokanam.node.network.peerset.PeerStore;
import io.vilokanam.node.network.peerset.PeersFile;
import io.vilokanam.scale.Bytes;

/** The network as stock Substrate nodes speak it: libp2p over TCP and WebSockets, with Noise and yamux. */
public final class Libp2pNetwork implements Network {

    private static final Logger LOG = LoggerFactory.getLogger("sub-libp2p");

    /** So often known peers are written down. */
    private static final Duration PEERS_KEPT_EVERY = Duration.ofMinutes(5);
    private static final Duration SLOT_TICK = Duration.ofSeconds(1);
    private static final String PROTOCOL_VERSION = "/substrate/1.0";
    /** litep2p reads identify messages of 4 KiB at most. */
    private static final int ANNOUNCED_MAX = 10;
    private static final long CLOSE_MILLIS_MAX = 3_000;

    private final NetworkConfig config;
    private final Transport transport;
    private final Loop loop;
    private final Swarm swarm;
    private final PeerId self;
    private final PeerStore store = new PeerStore();
    private final PeerSet peers;
    private final KademliaService kademlia;
    private final LeadingGate leadingGate;
    private final Optional<MdnsService> nearby;
    private final ExecutorService workers;
    private final Object writingPeers = new Object();
    private final List<ProtocolThread> threads = new ArrayList<>();
    private final Map<PeerId, String> agents = new TreeMap<>();
    private final AtomicReference<List<ConnectedPeer>> connected = new AtomicReference<>(List.of());
    private final AtomicReference<Set<PeerId>> reserved = new AtomicReference<>(Set.of());
    private final AtomicReference<List<Multiaddr>> listening = new AtomicReference<>(List.of());
    /** The same with the addresses of this machine for "any address". */
    private final AtomicReference<List<Multiaddr>> places = new AtomicReference<>(List.of());
    private final AtomicReference<NetworkCensus> census = new AtomicReference<>(NetworkCensus.NONE);
    private final ConnectionCounts counts;
    private Optional<LinkSet> leading = Optional.empty();
    private boolean isStarted;
    private volatile long failedListens;

    public Libp2pNetwork(NetworkConfig config) {
        this.config = config;
        this.self = PeerId.ofEd25519(config.identity().publicKey());
        this.transport = new Transport(config.platform().monotonicMillis(), config.surroundings().volume(),
                config.surroundings().trust());
        this.loop = transport.loop();
        this.workers = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0)
                .uncaughtExceptionHandler((thread, cause) -> config.platform().failed().accept(thread.getName(), cause))
                .factory());
        this.peers = new PeerSet(config.slots(), store, config.platform().random());
        this.swarm = new Swarm(
                new Connection.Setup(config.identity(), config.platform().random(), loop, config.streams()),
                config.connections(), (address, connections, failed) -> transport.dial(address,
                        (_, _, wire) -> connections.apply(wire), failed),
                peer -> store.isBanned(peer, loop.nowMillis()));
        this.leadingGate = new LeadingGate(peers, loop, this::reportOnLoop, this::show);
        this.kademlia = new KademliaService(config.kademlia(), swarm, loop, config.platform().random(), new Book());
        PingService ping = new PingService(loop, config.platform().random());
        IdentifyService identify = new IdentifyService(loop, this::identity, this::identified);
        swarm.speak(ping);
        swarm.observe(ping);
        swarm.speak(identify);
        swarm.observe(identify);
        swarm.speak(kademlia);
        swarm.observe(kademlia);
        this.counts = new ConnectionCounts(swarm);
        swarm.observe(counts);
        swarm.observe(new Seeker());
        this.nearby = config.surroundings().isSearchedNearby() ? Optional.of(new MdnsService(loop, transport.group(),
                self, config.platform().random(), listening::get, this::learnOnLoop, MdnsService.GROUP))
                : Optional.empty();
    }

    @Override
    public PeerId localPeer() {
        return self;
    }

    private ProtocolThread thread(String name) {
        if (isStarted) {
            throw new IllegalStateException("protocols are registered before the start");
        }
        ProtocolThread thread = new ProtocolThread(name, config.platform().failed());
        threads.add(thread);
        return thread;
    }

    @Override
    public NotificationSender register(NotificationProtocol protocol, NotificationListener listener) {
        ProtocolThread told = thread(protocol.names().main());
        LinkSet links = switch (protocol.role()) {
            case LEADING -> {
                if (leading.isPresent()) {
                    throw new IllegalStateException("there is one leading protocol");
                }
                leading = Optional.of(new LinkSet(protocol, listener, swarm, loop, told, leadingGate));
                leadingGate.guard(leading.get());
                yield leading.get();
            }
            case FOLLOWING -> {
                LinkSet leader = leading
                        .orElseThrow(() -> new IllegalStateException("the leading protocol is registered first"));
                FollowingGate gate = new FollowingGate(leader, loop, config.platform().random(), this::reportOnLoop);
                LinkSet follower = new LinkSet(protocol, listener, swarm, loop, told, gate);
                gate.guard(follower);
                leadingGate.follow(follower);
                yield follower;
            }
        };
        swarm.speak(links);
        return links;
    }

    @Override
    public RequestSender register(RequestProtocol protocol, RequestHandler handler) {
        RequestService service = new RequestService(protocol, handler, swarm, loop, thread(protocol.names().main()),
                workers);
        swarm.speak(service);
        return service;
    }

    @Override
    public void start() throws ListenException {
        isStarted = true;
        List<Multiaddr> bound = new ArrayList<>();
        Optional<ListenException> failure = Optional.empty();
        for (Multiaddr address : config.listen()) {
            try {
                bound.add(listen(address));
            } catch (ListenException e) {
                failure = Optional.of(e);
                failedListens++;
            }
        }
        listening.set(List.copyOf(bound));
        findPlaces();
        List<KnownPeer> remembered = readPeers();
        loop.execute(() -> {
            store.remember(remembered, loop.nowMillis());
            config.bootnodes().forEach(address -> address.peer().filter(peer -> !peer.equals(self))
                    .ifPresent(peer -> store.learn(peer, List.of(address), loop.nowMillis())));
            config.reserved()
                    .forEach(address -> address.peer().ifPresent(peer -> reserveOnLoop(peer, List.of(address))));
            swarm.start();
            kademlia.start();
            tick();
            loop.after(PEERS_KEPT_EVERY, this::keepPeers);
        });
        nearby.ifPresent(MdnsService::start);
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void findPlaces() {
        try {
            places.set(AnyAddress.everywhere(listening.get()));
        } catch (SocketException e) {
            LOG.warn("the addresses of this machine cannot be listed: {}", e.getMessage());
            places.set(listening.get());
        }
    }

    private List<KnownPeer> readPeers() {
        if (config.surroundings().peersFile().isEmpty()) {
            return List.of();
        }
        try {
            return PeersFile.read(config.surroundings().peersFile().get());
        } catch (IOException e) {
            // Peers can be found anew.
            LOG.warn("known peers cannot be read: {}", e.getMessage());
            return List.of();
        }
    }

    private void keepPeers() {
        List<KnownPeer> known = store.remembered(loop.nowMillis());
        workers.execute(() -> writePeers(known));
        workers.execute(this::findPlaces);
        loop.after(PEERS_KEPT_EVERY, this::keepPeers);
    }

    private void writePeers(List<KnownPeer> known) {
        config.surroundings().peersFile().ifPresent(file -> {
            try {
                synchronized (writingPeers) {
                    PeersFile.write(file, known);
                }
            } catch (IOException e) {
                LOG.warn("known peers cannot be written: {}", e.getMessage());
            }
        });
    }

    private Multiaddr listen(Multiaddr address) throws ListenException {
        return transport.listen(address, (from, closing) -> {
            boolean isAdmitted = swarm.admit(from);
            if (isAdmitted) {
                closing.accept(_ -> swarm.released(from));
            }
            return isAdmitted;
        }, (_, from, wire) -> swarm.incoming(from, wire));
    }

    /** Gives out slots. */
    private void tick() {
        census.set(
                new NetworkCensus(counts.opened(Direction.INBOUND), counts.opened(Direction.OUTBOUND), counts.closed(),
                        counts.seen(), counts.lost(), swarm.dialling(), swarm.failedHandshakes(), failedListens,
                        counts.unreachable(), store.reachable().size(),
                        store.banned(loop.nowMillis()), kademlia.walks(), kademlia.known(self)));
        peers.allocate(loop.nowMillis()).forEach(this::open);
        loop.after(SLOT_TICK, this::tick);
    }

    private void open(PeerId peer) {
        if (swarm.isConnected(peer)) {
            leading.ifPresent(links -> links.open(peer));
        } else {
            swarm.dial(peer, store.addresses(peer));
        }
    }

    /** Shows other threads which peers there are. */
    private void show() {
        connected.set(leading.map(links -> links.peers().stream().flatMap(peer -> shown(links, peer).stream()).toList())
                .orElse(List.of()));
    }

    private Optional<ConnectedPeer> shown(LinkSet links, PeerId peer) {
        return swarm.connection(peer).map(connection -> new ConnectedPeer(peer, connection.origin().address(),
                connection.origin().direction(), agents.getOrDefault(peer, ""),
                links.handshakeOf(peer).orElse(Bytes.EMPTY)));
    }

    /** Opens links on connections that were dialled for them. */
    private final class Seeker implements SwarmObserver {

        @Override
        public void opened(Connection connection) {
            if (peers.hasSlot(connection.peer())) {
                leading.ifPresent(links -> links.open(connection.peer()));
            }
        }

        @Override
        public void disconnected(PeerId peer) {
            agents.remove(peer);
            // A peer whose link is on its way or open loses it by the end of its streams; one that has none is told of here.
            if (peers.hasSlot(peer) && !leading.map(links -> links.isAdmitted(peer)).orElse(false)) {
                peers.free(peer, loop.nowMillis());
            }
        }

        @Override
        public void unreachable(PeerId peer) {
            if (!swarm.isConnected(peer)) {
                peers.free(peer, loop.nowMillis());
            }
        }

        @Override
        public void blamed(PeerId peer, ReputationChange change) {
            reportOnLoop(peer, change);
        }

        @Override
        public void wrongAddress(PeerId peer, Multiaddr address) {
            store.failed(peer, address);
        }
    }

    private Identity identity(Multiaddr observed) {
        List<Multiaddr> addresses = new ArrayList<>(config.announced());
        addresses.addAll(places.get());
        return new Identity(Bytes.wrap(PeerId.keyMessage(config.identity().publicKey())),
                addresses.subList(0, Math.min(addresses.size(), ANNOUNCED_MAX)),
                swarm.spoken().stream().sorted().toList(),
                Optional.of(observed), PROTOCOL_VERSION, config.agent());
    }

    private void identified(Connection connection, Identity identity) {
        PeerId peer = connection.peer();
        if (!swarm.isConnected(peer)) {
            return;
        }
        agents.put(peer, identity.agent());
        kademlia.identified(peer, identity.protocols());
        learnOnLoop(peer, identity.addresses());
        show();
    }

    private void learnOnLoop(PeerId peer, Collection<Multiaddr> addresses) {
        List<Multiaddr> useful = addresses.stream().filter(address -> config.isPrivateAllowed() || !address.isPrivate())
                .toList();
        if (!peer.equals(self) && !useful.isEmpty()) {
            store.learn(peer, useful, loop.nowMillis());
        }
    }

    /** What discovery knows. */
    private final class Book implements KademliaService.Book {

        @Override
        public void learn(PeerId peer, Collection<Multiaddr> addresses) {
            learnOnLoop(peer, addresses);
        }

        @Override
        public List<PeerId> reachable() {
            return store.reachable();
        }

        @Override
        public List<Multiaddr> addresses(PeerId peer) {
            return store.addresses(peer);
        }
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return places.get();
    }

    @Override
    public void learn(PeerId peer, Collection<Multiaddr> addresses) {
        List<Multiaddr> copy = List.copyOf(addresses);
        loop.execute(() -> {
            if (!peer.equals(self)) {
                store.learn(peer, copy, loop.nowMillis());
            }
        });
    }

    @Override
    public void reserve(PeerId peer, Collection<Multiaddr> addresses) {
        List<Multiaddr> copy = List.copyOf(addresses);
        loop.execute(() -> reserveOnLoop(peer, copy));
    }

    private void reserveOnLoop(PeerId peer, List<Multiaddr> addresses) {
        if (!peer.equals(self)) {
            store.learn(peer, addresses, loop.nowMillis());
            peers.reserve(peer);
            reserved.set(peers.reserved());
        }
    }

    @Override
    public void unreserve(PeerId peer) {
        loop.execute(() -> {
            if (peers.unreserve(peer)) {
                swarm.disconnect(peer, "reserved no more");
            }
            reserved.set(peers.reserved());
        });
    }

    @Override
    public Set<PeerId> reserved() {
        return reserved.get();
    }

    @Override
    public void disconnect(PeerId peer, String reason) {
        loop.execute(() -> swarm.disconnect(peer, reason));
    }

    @Override
    public void report(PeerId peer, ReputationChange change) {
        loop.execute(() -> reportOnLoop(peer, change));
    }

    private void reportOnLoop(PeerId peer, ReputationChange change) {
        if (store.report(peer, change, loop.nowMillis()) && !peers.isReserved(peer)) {
            // Later: whoever reports may be in the midst of the peer's streams.
            loop.execute(() -> swarm.disconnect(peer, "banned: " + change.reason()));
        }
    }

    @Override
    public List<ConnectedPeer> peers() {
        return connected.get();
    }

    @Override
    public Traffic traffic() {
        return new Traffic(transport.volume().received(), transport.volume().sent(),
                counts.opened(Direction.INBOUND));
    }

    @Override
    public NetworkCensus census() {
        return census.get();
    }

    @Override
    public void close() {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<List<KnownPeer>> known = new AtomicReference<>(List.of());
        loop.execute(() -> {
            known.set(store.remembered(loop.nowMillis()));
            swarm.close();
            ended.countDown();
        });
        nearby.ifPresent(MdnsService::close);
        try {
            if (isStarted && !ended.await(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
                config.platform().failed().accept("network",
                        new IllegalStateException("the network's thread does not end"));
            } else if (isStarted) {
                writePeers(known.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transport.close();
        workers.shutdownNow();
        threads.forEach(ProtocolThread::close);
    }
}
