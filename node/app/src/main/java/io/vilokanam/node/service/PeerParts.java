package io.vilokanam.node.service;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.justification.JustificationVerifier;
import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.finality.FinalityListener;
import io.vilokanam.node.finality.GrandpaDriver;
import io.vilokanam.node.finality.StoredProofs;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.measure.Measures;
import io.vilokanam.node.metrics.TaskMeasures;
import io.vilokanam.node.metrics.WorkMeasures;
import io.vilokanam.node.network.ListenException;
import io.vilokanam.node.network.Network;
import io.vilokanam.node.network.NetworkCensus;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.RequestProtocol;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.Traffic;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.announce.AnnounceListener;
import io.vilokanam.node.network.announce.AnnounceProtocol;
import io.vilokanam.node.network.announce.ChainPeers;
import io.vilokanam.node.network.announce.Roles;
import io.vilokanam.node.network.grandpa.GrandpaNetwork;
import io.vilokanam.node.network.initial.HistoryDownload;
import io.vilokanam.node.network.initial.InitialSync;
import io.vilokanam.node.network.initial.PeerRequests;
import io.vilokanam.node.network.light.LightServer;
import io.vilokanam.node.network.light.WarpServer;
import io.vilokanam.node.network.state.StateRequest;
import io.vilokanam.node.network.state.StateServer;
import io.vilokanam.node.network.sync.BlockRequest;
import io.vilokanam.node.network.sync.BlockServer;
import io.vilokanam.node.network.sync.SyncDriver;
import io.vilokanam.node.network.sync.SyncInput;
import io.vilokanam.node.network.sync.SyncLimits;
import io.vilokanam.node.network.transactions.TransactionGossip;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.primitives.header.Header;

/** The protocols of a chain over a network, put together with the chain, its pool and its voter. */
final class PeerParts implements ChainPeers, AnnounceListener, FinalityListener, AutoCloseable {

    /** The longest response of every request-response protocol. */
    private static final int RESPONSE_BYTES_MAX = 16 << 20;

    private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STATE_TIMEOUT = Duration.ofSeconds(40);
    private static final Duration LIGHT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration WARP_TIMEOUT = Duration.ofSeconds(10);

    /** So many requests of one protocol are worked on at a time. */
    private static final int HANDLED_MAX = 4;

    /** Stands in the names of the older protocols where the chain spec says nothing. */
    private static final String DEFAULT_PROTOCOL_ID = "sup";

    private final Network network;
    private final Chain chain;
    private final NodeLog log;
    private final SyncDriver sync;
    private final NodeConfig.Sync syncing;
    private Optional<InitialSync> initial = Optional.empty();
    private Optional<HistoryDownload> history = Optional.empty();
    private volatile boolean isBeginning;
    private final AnnounceProtocol announces;
    private final TransactionGossip transactions;
    private final GrandpaNetwork grandpa;
    private final EventThread events;
    private final CountDownLatch historyWanted = new CountDownLatch(1);

    private PeerParts(Network network, ChainCore core, TransactionPool pool, GrandpaDriver driver, Roles roles,
            Platform platform, NodeLog log, NodeConfig.Sync syncing, TaskMeasures tasks) {
        this.syncing = syncing;
        this.network = network;
        this.chain = core.chain();
        this.log = log;
        this.sync = new SyncDriver(chain, core.importer(), core.grandpa()::missingProofs, platform.monotonicMillis(),
                (block, why) -> log.refused(block, why.reason()),
                new SyncLimits(syncing.downloadsMax(), syncing.blocksMax()));
        this.announces = new AnnounceProtocol(chain, roles, this::isMajorSyncing, platform.monotonicMillis(), this);
        this.transactions = new TransactionGossip(pool, roles, this::isMajorSyncing, platform.monotonicMillis());
        this.grandpa = new GrandpaNetwork(roles, driver, ChainCore.ED25519, platform.monotonicMillis());
        this.events = new EventThread("block-announces", announces::onEvent, tasks);
    }

    /** Registers all protocols with a network that is not started yet. */
    static PeerParts open(Network network, ChainCore core, TransactionPool pool, GrandpaDriver driver,
            NodeConfig config,
            Platform platform, NodeLog log, TaskMeasures tasks) {
        PeerParts parts = new PeerParts(network, core, pool, driver,
                config.isAuthority() ? Roles.AUTHORITY : Roles.FULL, platform, log,
                config.networking().orElseThrow(() -> new IllegalStateException("a network without settings")).sync(),
                tasks);
        String protocolId = protocolId(config.spec());
        String genesis = core.chain().genesis().hex().substring(2);
        parts.announces.register(network, names(genesis, protocolId, "block-announces/1"));
        parts.transactions.register(network, names(genesis, protocolId, "transactions/1"));
        parts.grandpa.register(network, ProtocolNames.of("/" + genesis + "/grandpa/1", "/paritytech/grandpa/1"));
        RequestSender requests = network.register(
                new RequestProtocol(names(genesis, protocolId, "sync/2"), BlockRequest.BYTES_MAX, RESPONSE_BYTES_MAX,
                        SYNC_TIMEOUT, HANDLED_MAX),
                new BlockServer(core.chain(), network::report));
        RequestSender states = network.register(
                new RequestProtocol(names(genesis, protocolId, "state/2"), StateRequest.BYTES_MAX,
                        RESPONSE_BYTES_MAX, STATE_TIMEOUT, HANDLED_MAX),
                new StateServer(core.chain(), network::report));
        network.register(new RequestProtocol(names(genesis, protocolId, "light/2"), LightServer.REQUEST_BYTES_MAX,
                RESPONSE_BYTES_MAX, LIGHT_TIMEOUT, HANDLED_MAX),
                new LightServer(core.chain(), core.executor(), network::report));
        RequestSender warp = network.register(
                new RequestProtocol(names(genesis, protocolId, "sync/warp"), WarpServer.REQUEST_BYTES_MAX,
                        RESPONSE_BYTES_MAX, WARP_TIMEOUT, HANDLED_MAX),
                new WarpServer(new StoredProofs(core.chain()), () -> core.grandpa().set().history(), network::report));
        parts.sync.connect(network, requests);
        parts.prepare(core, Map.of(PeerRequests.Kind.BLOCKS, requests, PeerRequests.Kind.STATE, states,
                PeerRequests.Kind.WARP, warp));
        driver.listen(parts);
        return parts;
    }

    private void prepare(ChainCore core, Map<PeerRequests.Kind, RequestSender> senders) {
        PeerRequests asking = new PeerRequests(senders, this::blockPeers, network::report);
        InitialSync first = new InitialSync(syncing.mode(), chain, core.importer(), core.grandpa(),
                new JustificationVerifier(ChainCore.ED25519), asking, log);
        initial = Optional.of(first).filter(InitialSync::isNeeded);
        isBeginning = initial.isPresent();
        history = Optional.of(new HistoryDownload(chain, new PeerRequests(senders, this::blockPeers, network::report),
                syncing.blocksMax()));
    }

    private Map<PeerId, BlockRef> blockPeers() {
        Map<PeerId, BlockRef> able = new TreeMap<>();
        announces.peers().forEach((id, peer) -> {
            if (peer.roles() != Roles.LIGHT) {
                able.put(id, peer.best());
            }
        });
        return able;
    }

    /** Begins with a final block where that is wanted; then follows the chain. */
    private void runSync() throws InterruptedException {
        if (initial.isPresent()) {
            initial.get().run();
            isBeginning = false;
        }
        historyWanted.countDown();
        sync.run();
    }

    private void runHistory() throws InterruptedException {
        historyWanted.await();
        if (history.isPresent() && history.get().missing().isPresent()) {
            history.get().run();
            log.historyIsComplete();
        }
    }

    static String protocolId(ChainSpec spec) {
        return spec.protocolId().isTextual() ? spec.protocolId().asText() : DEFAULT_PROTOCOL_ID;
    }

    /** What a protocol of this chain is called today, and was before. */
    static ProtocolNames names(String genesis, String protocolId, String protocol) {
        return ProtocolNames.of("/" + genesis + "/" + protocol, "/" + protocolId + "/" + protocol);
    }

    /** Where an address cannot be listened on, as another node has it, this one warns and goes on as stock nodes do. */
    void start(EssentialThreads threads) {
        threads.start("sync", this::runSync);
        threads.start("block-history", this::runHistory);
        threads.start("block-import", sync::runImports);
        events.start(threads);
        threads.start("transactions", transactions::run);
        threads.start("grandpa-gossip", grandpa::run);
        try {
            network.start();
        } catch (ListenException e) {
            log.warn("Can't listen: " + e.getMessage());
        }
    }

    /** Called with each event, under the chain's lock. */
    void onEvent(ChainEvent event) {
        if (announces.isNews(event)) {
            events.take(event);
        }
    }

    @Override
    public void connected(PeerId peer, Roles roles, BlockRef best) {
        if (roles != Roles.LIGHT) {
            sync.submit(now -> new SyncInput.PeerConnected(now, peer, best));
        }
    }

    @Override
    public void disconnected(PeerId peer) {
        sync.submit(now -> new SyncInput.PeerDisconnected(now, peer));
    }

    @Override
    public void announced(PeerId peer, Header header, boolean isBest) {
        sync.submit(now -> new SyncInput.Announced(now, peer, header, isBest));
    }

    @Override
    public void blockWanted(BlockRef block) {
        sync.offer(now -> new SyncInput.BlockWanted(now, block));
    }

    /** Whoever gets our vote should be able to get its block. */
    @Override
    public void gossip(GossipMessage message) {
        if (message instanceof GossipMessage.VoteMessage(var _, var _, var vote)) {
            BlockRef target = vote.vote().target();
            Optional<Header> header = target.number() == 0 ? Optional.empty() : chain.header(target.hash());
            header.ifPresent(known -> announces.announce(known, target.equals(chain.best())));
        }
    }

    @Override
    public List<Peer> peers() {
        return announces.peers().entrySet().stream()
                .map(peer -> new Peer(peer.getKey(), peer.getValue().roles(), peer.getValue().best())).toList();
    }

    @Override
    public boolean isMajorSyncing() {
        return isBeginning || sync.isMajorSyncing();
    }

    @Override
    public long syncTarget() {
        return sync.target();
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return network.listenAddresses();
    }

    @Override
    public Traffic traffic() {
        return network.traffic();
    }

    @Override
    public NetworkCensus census() {
        return network.census();
    }

    /** Registers what these protocols count. */
    void register(Measures measures, WorkMeasures work, GrandpaDriver driver) {
        sync.observeProofs(work::proved);
        sync.channels().forEach(channel -> channel.register(measures));
        grandpa.channel().register(measures);
        events.channel().register(measures);
        measures.gauge("substrate_sync_queued_blocks", sync::importing);
        measures.gauge("substrate_sync_fork_targets", sync::forkTargets);
        measures.gauge("substrate_sync_extra_justifications", sync::proofsPending, "status", "pending");
        measures.gauge("substrate_sync_extra_justifications", sync::proofsActive, "status", "active");
        measures.gauge("substrate_sync_extra_justifications", sync::proofsFailed, "status", "failed");
        measures.gauge("substrate_sync_extra_justifications", sync::proofsImporting, "status", "importing");
        measures.counter("substrate_sync_import_queue_blocks_submitted", sync::blocksSubmitted);
        measures.counter("substrate_sync_import_queue_justifications_submitted", sync::proofsSubmitted);
        measures.counter("substrate_sync_propagated_transactions", transactions::propagated);
        measures.counter("substrate_network_gossip_registered_messages_total", grandpa.counts()::registered);
        measures.counter("substrate_network_gossip_expired_messages_total", grandpa.counts()::expired);
        measures.gauge("substrate_finality_grandpa_until_imported_waiting_messages_number", driver::waiting);
        grandpa.counts().register(measures);
    }

    @Override
    public Set<PeerId> reserved() {
        return network.reserved();
    }

    @Override
    public void reserve(PeerId peer, Collection<Multiaddr> addresses) {
        network.reserve(peer, addresses);
    }

    @Override
    public void unreserve(PeerId peer) {
        network.unreserve(peer);
    }

    @Override
    public void close() {
        network.close();
    }
}
