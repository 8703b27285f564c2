package io.vilokanam.node.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.measure.Measures;
import io.vilokanam.node.network.announce.ChainPeers;
import io.vilokanam.node.pool.PoolCounts;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.node.storage.ChainStore;

/** Prometheus metrics under the names of stock nodes, served at {@code /metrics}. */
public final class NodeMetrics implements AutoCloseable {

    private static final int BACKLOG = 16;
    private static final int FULL = 1;
    private static final int AUTHORITY = 4;
    private static final int NOT_FOUND = 404;

    private final Measures measures;
    private final HttpServer server;

    /** What is measured. */
    public record Sources(String nodeName, String version, boolean isAuthority, Chain chain, ChainStore store,
            TransactionPool pool, ChainPeers peers, long startSeconds) {}

    /** Begins to serve. */
    public NodeMetrics(Measures measures, Sources sources, InetSocketAddress address) throws IOException {
        this.measures = measures;
        registerNode(sources);
        registerPool(sources.pool());
        NetworkMeasures.register(measures, sources.peers());
        JvmMeasures.register(measures);
        server = HttpServer.create(address, BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void registerNode(Sources sources) {
        measures.gauge("substrate_build_info", () -> 1, "name", sources.nodeName(), "version", sources.version());
        measures.gauge("substrate_node_roles", () -> sources.isAuthority() ? AUTHORITY : FULL);
        measures.gauge("substrate_process_start_time_seconds", sources::startSeconds);
        Chain chain = sources.chain();
        measures.gauge("substrate_block_height", () -> chain.best().number(), "status", "best");
        measures.gauge("substrate_block_height", () -> chain.finalised().number(), "status", "finalized");
        measures.gauge("substrate_block_height", () -> sources.peers().syncTarget(), "status", "sync_target");
        measures.gauge("substrate_number_leaves", () -> chain.inspect(tree -> tree.leaves().size()));
        measures.gauge("substrate_database_cache_bytes", sources.store()::cacheBytes);
        measures.gauge("substrate_state_cache_bytes", sources.store()::unwrittenBytes);
    }

    private void registerPool(TransactionPool pool) {
        measures.gauge("substrate_ready_transactions_number", () -> pool.status().ready());
        PoolCounts counts = pool.counts();
        measures.counter("substrate_sub_txpool_submitted_transactions", counts::submitted);
        measures.counter("substrate_sub_txpool_validations_scheduled", counts::validationsScheduled);
        measures.counter("substrate_sub_txpool_validations_finished", counts::validationsFinished);
        measures.counter("substrate_sub_txpool_validations_invalid", counts::validationsInvalid);
        measures.counter("substrate_sub_txpool_block_transactions_pruned", counts::pruned);
        measures.counter("substrate_sub_txpool_block_transactions_resubmitted", counts::resubmitted);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/metrics")) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            StringBuilder written = new StringBuilder();
            measures.write(written);
            byte[] text = written.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(text);
            }
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
