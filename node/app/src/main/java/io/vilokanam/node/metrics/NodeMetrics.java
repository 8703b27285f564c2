package io.vilokanam.node.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.node.authoring.Proposal;
import io.vilokanam.node.authoring.SlotListener;
import io.vilokanam.node.finality.FinalityListener;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.network.announce.ChainPeers;
import io.vilokanam.node.pool.PoolCounts;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.primitives.Hash;

/** Prometheus metrics under the names of stock nodes, served at {@code /metrics}. */
public final class NodeMetrics implements SlotListener, FinalityListener, AutoCloseable {

    private static final int BACKLOG = 16;
    private static final double MILLIS_PER_SECOND = 1000;
    /** The default buckets of Prometheus clients. */
    private static final double[] SECONDS_BUCKETS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    private static final int FULL = 1;
    private static final int AUTHORITY = 4;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpServer server;
    /** Written by hand: the registry takes {@code _info} off the name of a gauge. */
    private final String buildInfo;
    private final RpcMetrics rpc;
    private final String commonLabels;
    private final Map<Proposal.EndReason, AtomicLong> endReasons = new EnumMap<>(Proposal.EndReason.class);
    private final DistributionSummary constructed;
    private volatile long proposedTransactions;
    private volatile long round;

    /**
     * What is measured.
     *
     * @param chainId stands on every series
     */
    public record Sources(String chainId, String nodeName, String version, boolean isAuthority, Chain chain,
            TransactionPool pool, RpcMetrics rpc, ChainPeers peers,
            long startSeconds) {}

    /** Begins to serve. */
    public NodeMetrics(Sources sources, InetSocketAddress address) throws IOException {
        registry.config().commonTags("chain", sources.chainId());
        buildInfo = "# TYPE substrate_build_info gauge\nsubstrate_build_info{chain=\"" + sources.chainId()
                + "\",name=\""
                + sources.nodeName() + "\",version=\"" + sources.version() + "\"} 1.0\n";
        gauge("substrate_node_roles", Tags.empty(), () -> sources.isAuthority() ? AUTHORITY : FULL);
        gauge("substrate_process_start_time_seconds", Tags.empty(), sources::startSeconds);
        Chain chain = sources.chain();
        gauge("substrate_block_height", Tags.of("status", "best"), () -> chain.best().number());
        gauge("substrate_block_height", Tags.of("status", "finalized"), () -> chain.finalised().number());
        gauge("substrate_block_height", Tags.of("status", "sync_target"), () -> sources.peers().syncTarget());
        gauge("substrate_number_leaves", Tags.empty(), () -> chain.inspect(tree -> tree.leaves().size()));
        gauge("substrate_ready_transactions_number", Tags.empty(), () -> sources.pool().status().ready());
        PoolCounts pool = sources.pool().counts();
        gauge("substrate_sub_txpool_submitted_transactions", Tags.empty(), pool::submitted);
        gauge("substrate_sub_txpool_validations_scheduled", Tags.empty(), pool::validationsScheduled);
        gauge("substrate_sub_txpool_validations_finished", Tags.empty(), pool::validationsFinished);
        gauge("substrate_sub_txpool_validations_invalid", Tags.empty(), pool::validationsInvalid);
        gauge("substrate_sub_txpool_block_transactions_pruned", Tags.empty(), pool::pruned);
        gauge("substrate_sub_txpool_block_transactions_resubmitted", Tags.empty(), pool::resubmitted);
        rpc = sources.rpc();
        commonLabels = "chain=\"" + sources.chainId() + "\"";
        gauge("substrate_proposer_number_of_transactions", Tags.empty(), () -> proposedTransactions);
        for (Proposal.EndReason reason : Proposal.EndReason.values()) {
            // A counter of the reference whose name has no _total, which the registry would add to a counter.
            AtomicLong count = new AtomicLong();
            endReasons.put(reason, count);
            gauge("substrate_proposer_end_proposal_reason", Tags.of("reason", reason.metric()), count::get);
        }
        constructed = DistributionSummary.builder("substrate_proposer_block_constructed")
                .minimumExpectedValue(0.001).maximumExpectedValue(10.0).serviceLevelObjectives(SECONDS_BUCKETS)
                .register(registry);
        gauge("substrate_finality_grandpa_round", Tags.empty(), () -> round);
        gauge("substrate_sync_peers", Tags.empty(), () -> sources.peers().peers().size());
        gauge("substrate_sub_libp2p_peers_count", Tags.empty(), () -> sources.peers().peers().size());
        gauge("substrate_sub_libp2p_is_major_syncing", Tags.empty(), () -> sources.peers().isMajorSyncing() ? 1 : 0);
        counter("substrate_sub_libp2p_incoming_connections_total", Tags.empty(),
                () -> sources.peers().traffic().connectionsIncoming());
        counter("substrate_sub_libp2p_network_bytes_total", Tags.of("direction", "in"),
                () -> sources.peers().traffic().received());
        counter("substrate_sub_libp2p_network_bytes_total", Tags.of("direction", "out"),
                () -> sources.peers().traffic().sent());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        server = HttpServer.create(address, BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/metrics", this::answer);
        server.start();
    }

    /** A number that is read when somebody asks. */
    @FunctionalInterface
    private interface Reading {
        long value();
    }

    private void gauge(String name, Tags tags, Reading reading) {
        Gauge.builder(name, reading::value).tags(tags).register(registry);
    }

    private void counter(String name, Tags tags, Reading reading) {
        FunctionCounter.builder(name, reading, Reading::value).tags(tags).register(registry);
    }

    private void answer(HttpExchange exchange) throws IOException {
        StringBuilder written = new StringBuilder(buildInfo).append(registry.scrape());
        rpc.appendTo(written, commonLabels);
        byte[] text = written.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
        exchange.sendResponseHeaders(200, text.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(text);
        }
        exchange.close();
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** For the metrics of other parts of the node. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    @Override
    public void started(BlockRef parent) {
        // Counted when the block is proposed.
    }

    @Override
    public void proposed(Proposal proposal, Hash unsealed) {
        proposedTransactions = proposal.body().size();
        constructed.record(proposal.took().toMillis() / MILLIS_PER_SECOND);
        endReasons.get(proposal.end()).incrementAndGet();
    }

    @Override
    public void sealed(BlockRef block, Hash unsealed) {
        // The block shows in substrate_block_height.
    }

    @Override
    public void failed(long slot, String why) {
        registry.counter("vilokanam_slots_failed").increment();
    }

    @Override
    public void roundStarted(long setId, long number) {
        round = number;
    }

    @Override
    public void gossip(GossipMessage message) {
        if (message instanceof GossipMessage.VoteMessage(var _, var _, var vote)) {
            String name = vote.vote().stage() == Stage.PRECOMMIT ? "substrate_finality_grandpa_precommits"
                    : "substrate_finality_grandpa_prevotes";
            registry.counter(name).increment();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        registry.close();
    }
}
