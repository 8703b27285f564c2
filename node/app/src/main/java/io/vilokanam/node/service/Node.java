package io.vilokanam.node.service;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.authoring.AuraAuthor;
import io.vilokanam.node.authoring.AuthorWatch;
import io.vilokanam.node.authoring.BlockProposer;
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.chainspec.Genesis;
import io.vilokanam.node.chainspec.GenesisBlock;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.finality.EquivocationReporter;
import io.vilokanam.node.finality.GrandpaDriver;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.keystore.KeyCipher;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.node.keystore.RemoteSigner;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.measure.Measures;
import io.vilokanam.node.metrics.MeasuredNetwork;
import io.vilokanam.node.metrics.NodeMetrics;
import io.vilokanam.node.metrics.RpcMetrics;
import io.vilokanam.node.metrics.TaskMeasures;
import io.vilokanam.node.metrics.WorkMeasures;
import io.vilokanam.node.network.Network;
import io.vilokanam.node.pool.RuntimeValidator;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.node.rpc.ChainAnswers;
import io.vilokanam.node.rpc.GrandpaAnswers;
import io.vilokanam.node.rpc.KeystoreAnswers;
import io.vilokanam.node.rpc.NodeAnswers;
import io.vilokanam.node.rpc.OffchainStorageAnswers;
import io.vilokanam.node.rpc.PoolAnswers;
import io.vilokanam.node.rpc.StateAnswers;
import io.vilokanam.node.storage.InMemoryStore;
import io.vilokanam.node.storage.KeyValueStore;
import io.vilokanam.node.storage.RocksDbStore;
import io.vilokanam.node.telemetry.Telemetry;
import io.vilokanam.offchain.settler.SettlementPolicy;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.rpc.NodeMethods;
import io.vilokanam.rpc.backend.Backends;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.MethodRegistry;

/**
 * A whole node: the one place where its parts are put together. It runs from {@link #start} to {@link #close}, or until an
 * essential thread fails.
 */
public final class Node implements AutoCloseable {

    /** How accounts are written: that of all chains of this family. */
    static final int SS58_PREFIX = 42;

    private final ChainCore core;
    private final TransactionPool pool;
    private final GrandpaDriver voter;
    private final EssentialThreads threads;
    private final RpcDoors rpc;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private Optional<InetSocketAddress> ticks = Optional.empty();
    private Optional<InetSocketAddress> metricsAddress = Optional.empty();

    private Node(ChainCore core, TransactionPool pool, GrandpaDriver voter, EssentialThreads threads, RpcDoors rpc) {
        this.core = core;
        this.pool = pool;
        this.voter = voter;
        this.threads = threads;
        this.rpc = rpc;
    }

    /** Makes the network of a node, which is not started yet. */
    @FunctionalInterface
    public interface NetworkMaker {
        Network make(NodeConfig config, NodeConfig.Networking networking, NodeIdentity identity, Hash genesis)
                throws IOException;
    }

    /** Opens a chain and starts everything that belongs to a node that speaks to nobody. */
    public static Node start(NodeConfig config, List<ChainRuntime> runtimes, Platform platform, NodeLog log)
            throws ChainSpecException, RuntimeUnavailableException, KeystoreException, KeyException, IOException {
        return start(config, runtimes, platform, log, (_, _, _, _) -> {
            throw new IllegalArgumentException("the configuration names a network, and nobody makes one");
        });
    }

    /** Opens a chain and starts everything that belongs to a node. */
    public static Node start(NodeConfig config, List<ChainRuntime> runtimes, Platform platform, NodeLog log,
            NetworkMaker networks)
            throws ChainSpecException, RuntimeUnavailableException, KeystoreException, KeyException,
            IOException {
        GenesisBlock genesis = GenesisBlock.of((Genesis.Raw) config.spec().genesis());
        KeyValueStore database = config.folder().<KeyValueStore>map(folder -> new RocksDbStore(database(folder),
                config.databaseCacheBytes())).orElseGet(InMemoryStore::new);
        ChainCore core = ChainCore
                .open(new ChainCore.Setup(database, config.keeping(), genesis, runtimes, platform, log::runtime,
                        _ -> {}));
        if (core.chain().best().number() == 0) {
            log.initialisingGenesis(genesis.header().stateRoot(), genesis.hash());
        }

        Keystore keystore = keystore(config, platform);
        NodeIdentity identity = identity(config, platform);
        RuntimeValidator validator = new RuntimeValidator(core.chain(), core.executor());
        TransactionPool pool = new TransactionPool(validator, validator, config.pool(), platform.clock());
        Measures measures = new Measures(config.spec().id());
        TaskMeasures tasks = new TaskMeasures(measures);
        WorkMeasures work = new WorkMeasures(measures, tasks);
        core.importer().observe(work);
        if (config.operator().isIndexing()) {
            core.importer().index();
        }
        EssentialThreads threads = new EssentialThreads(log, tasks);
        GrandpaDriver grandpa = new GrandpaDriver(core.chain(), core.importer(), core.grandpa(),
                config.isAuthority() ? keystore : Keystore.inMemory(platform.random()),
                config.isFast() ? GrandpaDriver.Options.development() : GrandpaDriver.Options.stock(),
                platform.monotonicMillis());

        NodePeers peers = new NodePeers(core.chain());
        GrandpaAnswers grandpaAnswers = new GrandpaAnswers(core.chain(), core.grandpa(),
                config.isAuthority() || config.networking().isPresent() ? Optional.of(grandpa) : Optional.empty());
        Backends backends = new Backends(new ChainAnswers(core.chain()),
                new StateAnswers(core.chain(), core.executor()),
                new PoolAnswers(pool),
                new NodeAnswers(config.spec(), core.chain(), config.isAuthority(), identity::peerId, peers,
                        !bootnodes(config).isEmpty()),
                new KeystoreAnswers(keystore, core.chain(), core.executor(), log::runtime),
                new OffchainStorageAnswers(core.store()), grandpaAnswers);
        OffchainParts offchain = OffchainParts.open(core, pool, keystore,
                config.isFast() ? SettlementPolicy.DEVELOPMENT : SettlementPolicy.STANDARD,
                config.operator().offchainWork(), config.rpc().ticks().store(),
                config.folder().map(folder -> folder.resolve("db").resolve("ticks")), platform, log);
        List<MethodFamily> methods = NodeMethods.of(backends, platform.random(), core.chain().pruner().isArchive());
        methods.add(offchain.methods(backends.chain(), backends.state(), SS58_PREFIX));
        RpcMetrics rpcMetrics = new RpcMetrics(measures);
        RpcDoors rpc = new RpcDoors(config.rpc().doors(), new MethodRegistry(methods), platform.random(), rpcMetrics);

        NodeStanding standing = new NodeStanding(core.chain(), peers, threads, !bootnodes(config).isEmpty(),
                platform.monotonicMillis());
        core.chain().listen(standing::onEvent);
        rpc.probe(standing);
        Optional<GuardParts> guard = config.isAuthority() && config.operator().guard() != Operator.Guard.OFF
                ? Optional
                        .of(GuardParts.open(config.operator().guard(), core, keystore, keystoreFolder(config), grandpa,
                                peers, platform, log, tasks))
                : Optional.empty();
        Node node = new Node(core, pool, grandpa, threads, rpc);
        node.closing.addFirst(core::close);
        node.closing.addFirst(offchain::close);
        guard.ifPresent(held -> node.closing.addFirst(held::close));
        node.closing.addFirst(threads::close);
        guard.ifPresent(held -> held.start(threads, log));
        node.follow(log, grandpa, offchain, measures, tasks);
        threads.start("pruner", core.chain().pruner()::serve);
        offchain.start(threads);
        rpc.start();
        node.closing.addFirst(rpc::close);
        log.rpcListens(rpc.addresses());
        offchain.listen(config.rpc().ticks(), platform, log).ifPresent(listener -> {
            node.ticks = Optional.of(listener.address());
            node.closing.addFirst(listener::close);
        });
        log.highestKnown(core.chain().best());
        log.identity(identity.peerId());
        holdDevKeys(config.devKeys(), keystore);
        SlotListeners slots = new SlotListeners(log);
        slots.add(work);
        grandpa.listen(work);
        if (config.networking().isPresent()) {
            Network made = networks.make(config, config.networking().get(), identity, core.chain().genesis());
            Network measured = new MeasuredNetwork(made, measures);
            PeerParts network = PeerParts.open(measured, core, pool, grandpa, config, platform, log, tasks);
            offchain.share(measured, config.rpc().ticks().partners());
            network.register(measures, work, grandpa);
            peers.follow(network);
            core.chain().listen(network::onEvent);
            node.closing.addFirst(network::close);
            network.start(threads);
        }
        if (!config.operator().telemetry().isEmpty()) {
            Telemetry telemetry = TelemetryParts.start(config, identity, core, pool, grandpa, peers, slots, threads,
                    platform);
            node.closing.addFirst(telemetry::close);
        }
        offchain.measure(measures);
        if (config.operator().isVoting() && (config.isAuthority() || peers.isNetworked())) {
            EquivocationReporter reporter = offchain.reporter(core.grandpa());
            grandpa.listen(log);
            grandpa.listen(reporter);
            threads.start("grandpa-reports", reporter::run);
            threads.start("grandpa-voter", grandpa::run);
        }
        if (config.isAuthority()) {
            BlockProposer proposer = new BlockProposer(core.executor(), pool, platform.clock());
            AuraAuthor author = new AuraAuthor(core.chain(), core.executor(), proposer, core.importer(), keystore,
                    platform.clock(), slots,
                    authorities -> refusal(config, peers, authorities).or(() -> guard.flatMap(GuardParts::refusal)));
            threads.start("aura", author::run);
        }
        threads.start("informant", new Informant(core.chain(), peers, log));
        if (config.metrics().port().isPresent()) {
            NodeMetrics.Sources sources = new NodeMetrics.Sources(config.name(), NodeAnswers.VERSION,
                    config.isAuthority(), core.chain(), core.store(), pool, peers,
                    platform.clock().instant().getEpochSecond());
            InetSocketAddress address = new InetSocketAddress(
                    InetAddress.getByName(config.metrics().isExternal() ? "0.0.0.0" : "127.0.0.1"),
                    config.metrics().port().get());
            node.startMetrics(measures, sources, address, log);
        }
        return node;
    }

    /** All that the node was told of others. */
    private static List<String> bootnodes(NodeConfig config) {
        List<String> all = new ArrayList<>(config.spec().bootNodes());
        config.networking().ifPresent(networking -> networking.bootnodes().forEach(node -> all.add(node.toString())));
        return all;
    }

    /** Why a slot is passed over: blocks on an old chain, or for nobody, are no use ({@code sc_consensus_slots}). */
    private static Optional<String> refusal(NodeConfig config, NodePeers peers, int authorities) {
        if (peers.isMajorSyncing()) {
            return Optional.of("the chain is being downloaded");
        }
        boolean isAlone = peers.isNetworked() && peers.peers().isEmpty();
        return isAlone && authorities > 1 && !config.isForced() ? Optional.of("waiting for the network")
                : Optional.empty();
    }

    private static Path database(Path folder) {
        return folder.resolve("db").resolve("full");
    }

    private static Optional<Path> keystoreFolder(NodeConfig config) {
        return config.keystore().or(() -> config.folder().map(chain -> chain.resolve("keystore")));
    }

    private static Keystore keystore(NodeConfig config, Platform platform) throws KeystoreException {
        Operator.Keys keys = config.operator().keys();
        return Keystore.open(new Keystore.Settings(keystoreFolder(config), config.keystorePassword(),
                keys.passphrase().map(passphrase -> new KeyCipher(passphrase, platform.random())),
                keys.signer().map(RemoteSigner::new)), platform.random());
    }

    /** Deriving keys takes a tenth of a second: RPC answers meanwhile, authoring begins behind it. */
    private static void holdDevKeys(List<String> suris, Keystore keystore) throws KeyException {
        for (String suri : suris) {
            KeyPair sr25519 = SecretUri.keyPair(Scheme.SR25519, suri);
            keystore.hold(KeyTypeId.AURA, sr25519);
            keystore.hold(KeyTypeId.TICK, sr25519);
            keystore.hold(KeyTypeId.GRANDPA, SecretUri.keyPair(Scheme.ED25519, suri));
        }
    }

    private static NodeIdentity identity(NodeConfig config, Platform platform) throws IOException {
        if (config.identity().isPresent()) {
            return config.identity().get();
        }
        return config.folder().isPresent()
                ? NodeIdentity.inFolder(config.folder().get().resolve("network"), platform.random())
                : NodeIdentity.fresh(platform.random());
    }

    /** Everybody hears of the chain: the log and the voter at once, the pool and the watch on threads of their own. */
    private void follow(NodeLog log, GrandpaDriver grandpa, OffchainParts offchain, Measures measures,
            TaskMeasures tasks) {
        EventThread poolEvents = new EventThread("txpool-maintenance", this::maintainPool, tasks);
        EventThread watched = new EventThread("author-watch",
                new AuthorWatch(core.chain(), core.executor(), log::authorEquivocated)::onEvent, tasks);
        poolEvents.channel().register(measures);
        core.chain().listen(event -> {
            grandpa.onEvent(event);
            poolEvents.take(event);
            offchain.onEvent(event);
            if (event instanceof ChainEvent.Imported imported) {
                log.imported(imported);
                if (!imported.isPast()) {
                    watched.take(event);
                }
            }
        });
        watched.start(threads);
        poolEvents.start(threads);
    }

    private void maintainPool(ChainEvent event) {
        switch (event) {
            case ChainEvent.Imported imported when imported.isPast() -> imported.route().ifPresent(pool::onPastBlock);
            case ChainEvent.Imported imported -> imported.route().ifPresent(pool::onBestBlock);
            case ChainEvent.Finalised(var finalised, var _, var route) -> {
                route.ifPresent(pool::onBestBlock);
                pool.onFinalised(finalised);
            }
        }
    }

    /** A node whose port for metrics is taken goes on without. */
    private void startMetrics(Measures measures, NodeMetrics.Sources sources, InetSocketAddress address, NodeLog log)
            throws IOException {
        try {
            NodeMetrics metrics = new NodeMetrics(measures, sources, address);
            metricsAddress = Optional.of(metrics.address());
            closing.addFirst(metrics::close);
            log.metricsListen(metrics.address());
        } catch (BindException e) {
            log.metricsDoNotListen(address, e.getMessage());
        }
    }

    public ChainCore core() {
        return core;
    }

    public TransactionPool pool() {
        return pool;
    }

    /** What votes on finality, where anything does. */
    public GrandpaDriver voter() {
        return voter;
    }

    /** The port on which JSON-RPC is served. */
    public int rpcPort() {
        return rpc.port();
    }

    /** Where words of viewers are taken as binary messages. */
    public Optional<InetSocketAddress> tickAddress() {
        return ticks;
    }

    /** Where metrics are shown. */
    public Optional<InetSocketAddress> metricsAddress() {
        return metricsAddress;
    }

    /** Returns when an essential part has failed. */
    public void awaitFailure() throws InterruptedException {
        threads.awaitFailure();
    }

    /** Ends everything in the opposite order of its start. */
    @Override
    public void close() {
        closing.forEach(Runnable::run);
        closing.clear();
    }
}
