package io.vilokanam.node.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.finality.EquivocationReporter;
import io.vilokanam.node.finality.GrandpaRules;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.measure.Measures;
import io.vilokanam.node.metrics.TickMetrics;
import io.vilokanam.node.network.Network;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.offchain.ChainLocalStore;
import io.vilokanam.node.offchain.ChangedSessionKeys;
import io.vilokanam.node.offchain.CollectorAnswers;
import io.vilokanam.node.offchain.FollowerTelling;
import io.vilokanam.node.offchain.KeystoreSigner;
import io.vilokanam.node.offchain.PoolSink;
import io.vilokanam.node.offchain.StateCalls;
import io.vilokanam.node.offchain.listener.TickListener;
import io.vilokanam.node.offchain.listener.TickListenerOptions;
import io.vilokanam.node.offchain.passing.WordPassing;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.offchain.collector.BestBlockSessions;
import io.vilokanam.offchain.collector.CollectorJournal;
import io.vilokanam.offchain.collector.CollectorOptions;
import io.vilokanam.offchain.collector.FileRows;
import io.vilokanam.offchain.collector.Followers;
import io.vilokanam.offchain.collector.ForeignWords;
import io.vilokanam.offchain.collector.RowForcing;
import io.vilokanam.offchain.collector.RowStore;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.redis.RedisAddress;
import io.vilokanam.offchain.redis.RedisRows;
import io.vilokanam.offchain.settler.SettlementPolicy;
import io.vilokanam.offchain.settler.Settler;
import io.vilokanam.offchain.tickchain.RuntimeTickChain;
import io.vilokanam.offchain.worker.BestBlock;
import io.vilokanam.offchain.worker.FinalisedBlock;
import io.vilokanam.offchain.worker.OffchainWorkers;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.tickstream.TickStreamMethods;

/** What works beside the chain: off-chain workers, the collector of words, and the settler. */
final class OffchainParts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OffchainParts.class);

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long STORE_PAUSE_MILLIS = 1_000;

    private final Chain chain;
    private final TickCollector collector;
    private final Followers followers;
    private final CollectorJournal journal;
    private final OffchainWorkers workers;
    private final Settler settler;
    private final ChangedSessionKeys changes;
    private final RowStore rows;
    private final Optional<RowForcing> forcing;
    private final ForeignWords foreign;
    private Optional<WordPassing> passing = Optional.empty();
    private Optional<TickListener> listener = Optional.empty();

    private OffchainParts(Chain chain, TickCollector collector, OffchainWorkers workers, Settler settler,
            ChangedSessionKeys changes, RowStore rows, Optional<RowForcing> forcing) {
        this.chain = chain;
        this.settler = settler;
        this.changes = changes;
        this.rows = rows;
        this.forcing = forcing;
        this.collector = collector;
        this.foreign = new ForeignWords(collector);
        this.followers = new Followers(collector);
        this.journal = new CollectorJournal(collector);
        this.workers = workers;
    }

    /**
     * Puts the parts together and takes up the words that were written before.
     *
     * @param folder where words outlive the process, if no other place is named; none: nowhere
     */
    static OffchainParts open(ChainCore core, TransactionPool pool, Keystore keystore, SettlementPolicy policy,
            Operator.OffchainWork work, Optional<RedisAddress> redis, Optional<Path> folder, Platform platform,
            NodeLog log) throws IOException {
        Chain chain = core.chain();
        StateCalls runtime = new StateCalls(chain, core.executor(), log::runtime);
        RuntimeTickChain ticks = new RuntimeTickChain(runtime);
        ChainLocalStore store = new ChainLocalStore(core.store());
        KeystoreSigner keys = new KeystoreSigner(keystore);
        PoolSink sink = new PoolSink(pool);
        RowStore rows = rows(core, redis, folder, store, platform);
        TickCollector collector = new TickCollector(new BestBlockSessions(ticks, () -> chain.best().hash()),
                rows, platform.clock(), CollectorOptions.STANDARD);
        int lost = restore(collector);
        if (lost > 0) {
            LOG.warn("sessions were not taken up from the local store count={}", lost);
        }
        ChangedSessionKeys changes = new ChangedSessionKeys(chain, core.executor());
        Settler settler = new Settler(new Settler.Parts(collector, ticks, keys, sink, () -> finalised(chain),
                platform.clock()), policy, changes);
        OffchainWorkers workers = new OffchainWorkers(
                new OffchainWorkers.Parts(runtime, store, sink, keys, platform.clock(), platform.random()),
                work == Operator.OffchainWork.ALL,
                work == Operator.OffchainWork.NONE ? List.of() : List.of(settler));
        Optional<RowForcing> forcing = rows instanceof FileRows file
                ? Optional.of(new RowForcing(file, platform.clock())) : Optional.empty();
        return new OffchainParts(chain, collector, workers, settler, changes, rows, forcing);
    }

    private static int restore(TickCollector collector) throws IOException {
        try {
            return collector.restore();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage() + ": " + e.getCause().getMessage(), e);
        }
    }

    private static RowStore rows(ChainCore core, Optional<RedisAddress> redis, Optional<Path> folder,
            ChainLocalStore store, Platform platform) throws IOException {
        if (redis.isPresent()) {
            return new RedisRows(redis.get(), core.chain().genesis().hex().substring(2), platform.random().nextLong());
        }
        return folder.isPresent() ? new FileRows(folder.get(), store) : RowStore.NONE;
    }

    private static FinalisedBlock finalised(Chain chain) {
        BlockRef finalised = chain.finalised();
        return new FinalisedBlock(finalised.hash(), finalised.number());
    }

    MethodFamily methods(ChainBackend blocks, StateBackend states, int addressPrefix) {
        return new TickStreamMethods(blocks, states, new CollectorAnswers(collector, followers), addressPrefix);
    }

    /** Reports of voters that contradict themselves go through the runtime to the pool. */
    EquivocationReporter reporter(GrandpaRules rules) {
        return new EquivocationReporter(chain, rules, workers::call);
    }

    /** Opens the collector's own door, where there is to be one. */
    Optional<TickListener> listen(NodeConfig.Ticks config, Platform platform, NodeLog log) throws IOException {
        if (config.address().isEmpty()) {
            return Optional.empty();
        }
        long begin = platform.monotonicMillis().getAsLong();
        TickListener door = new TickListener(config.address().get(), collector,
                TickListenerOptions.STANDARD.withConnectionsMax(config.connectionsMax()),
                () -> (platform.monotonicMillis().getAsLong() - begin) * MICROS_PER_MILLI);
        door.start();
        log.ticksListen(door.address());
        listener = Optional.of(door);
        return listener;
    }

    /** Shares words with the nodes of other operators, before the network starts. */
    void share(Network network, Set<PeerId> partners) {
        if (!partners.isEmpty()) {
            WordPassing made = new WordPassing(partners, foreign);
            made.register(network, chain.genesis().hex().substring(2));
            collector.onWritten(made);
            passing = Optional.of(made);
        }
    }

    /** Adds metrics of all this. */
    void measure(Measures measures) {
        TickMetrics.add(measures, collector, settler.counts(), listener);
        forcing.ifPresent(made -> TickMetrics.addForcing(measures, made));
        TickMetrics.addPassing(measures, foreign, passing);
    }

    void start(EssentialThreads threads) {
        workers.start();
        threads.start("tick-journal", journal::run);
        forcing.ifPresent(made -> threads.start("tick-force", made::run));
        if (rows instanceof RedisRows shared) {
            threads.start("tick-store", () -> shared.listen(foreign::take, STORE_PAUSE_MILLIS));
        }
        threads.start("tick-followers", new FollowerTelling(followers)::run);
    }

    /** Called with each event, under the chain's lock: only takes note of a new best block. */
    void onEvent(ChainEvent event) {
        if (event instanceof ChainEvent.Imported imported) {
            changes.onImported(imported);
        }
        switch (event) {
            case ChainEvent.Imported imported when imported.route().isPresent() && !imported.isPast() ->
                workers.onBestBlock(new BestBlock(imported.block().hash(), imported.header()));
            case ChainEvent.Imported _ -> {
                // A block beside the best chain, or of the past, is nobody's work.
            }
            case ChainEvent.Finalised finalised -> {
                if (finalised.route().isPresent()) {
                    BlockRef best = chain.best();
                    Optional<Header> header = chain.header(best.hash());
                    header.ifPresent(known -> workers.onBestBlock(new BestBlock(best.hash(), known)));
                }
            }
        }
    }

    /** Ends the run that is under way and writes the last words; the store is closed after this. */
    @Override
    public void close() {
        workers.close();
        collector.flush();
        try {
            rows.close();
        } catch (IOException e) {
            LOG.error("the rows of the tick collector may not all be written reason={}", e.getMessage());
        }
    }
}
