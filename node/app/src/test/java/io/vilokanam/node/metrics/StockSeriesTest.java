package io.vilokanam.node.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.chainspec.BundledSpecs;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.log.LogSetup;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.initial.SyncMode;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.node.service.LibP2pNetworks;
import io.vilokanam.node.service.NativeCompositions;
import io.vilokanam.node.service.Node;
import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.node.service.Operator;
import io.vilokanam.node.service.Platform;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;

/** The series that a stock node shows at once, without any peer, with their types: read off one of polkadot-sdk stable2503. */
final class StockSeriesTest {

    private static final Set<String> STOCK = Set.of("substrate_block_height gauge", "substrate_build_info gauge",
            "substrate_database_cache_bytes gauge", "substrate_finality_grandpa_precommits_total counter",
            "substrate_finality_grandpa_prevotes_total counter", "substrate_finality_grandpa_round gauge",
            "substrate_finality_grandpa_until_imported_waiting_messages_number gauge",
            "substrate_justification_import_time histogram", "substrate_network_gossip_expired_messages_total counter",
            "substrate_network_gossip_registered_messages_total counter", "substrate_node_roles gauge",
            "substrate_number_leaves gauge", "substrate_process_start_time_seconds gauge",
            "substrate_proposer_block_constructed histogram", "substrate_proposer_block_proposal_time histogram",
            "substrate_proposer_create_inherents_time histogram", "substrate_proposer_end_proposal_reason counter",
            "substrate_proposer_number_of_transactions gauge", "substrate_ready_transactions_number gauge",
            "substrate_rpc_calls_finished counter", "substrate_rpc_calls_started counter",
            "substrate_rpc_calls_time histogram", "substrate_rpc_sessions_closed counter",
            "substrate_rpc_sessions_opened counter", "substrate_rpc_sessions_time histogram",
            "substrate_state_cache_bytes gauge", "substrate_sub_libp2p_connections_opened_total counter",
            "substrate_sub_libp2p_connections_closed_total counter",
            "substrate_sub_libp2p_distinct_peers_connections_closed_total counter",
            "substrate_sub_libp2p_distinct_peers_connections_opened_total counter",
            "substrate_sub_libp2p_incoming_connections_handshake_errors_total counter",
            "substrate_sub_libp2p_incoming_connections_total counter", "substrate_sub_libp2p_is_major_syncing gauge",
            "substrate_sub_libp2p_kademlia_random_queries_total counter",
            "substrate_sub_libp2p_listeners_errors_total counter",
            "substrate_sub_libp2p_listeners_local_addresses gauge", "substrate_sub_libp2p_network_bytes_total counter",
            "substrate_sub_libp2p_notifications_sizes histogram", "substrate_sub_libp2p_peers_count gauge",
            "substrate_sub_libp2p_peerset_num_banned_peers gauge", "substrate_sub_libp2p_peerset_num_discovered gauge",
            "substrate_sub_libp2p_pending_connections gauge",
            "substrate_sub_txpool_block_transactions_pruned counter",
            "substrate_sub_txpool_block_transactions_resubmitted counter",
            "substrate_sub_txpool_submitted_transactions counter", "substrate_sub_txpool_validations_finished counter",
            "substrate_sub_txpool_validations_invalid counter", "substrate_sub_txpool_validations_scheduled counter",
            "substrate_sync_extra_justifications gauge", "substrate_sync_fork_targets gauge",
            "substrate_sync_import_queue_blocks_submitted counter",
            "substrate_sync_import_queue_justifications_submitted counter", "substrate_sync_peers gauge",
            "substrate_sync_propagated_transactions counter", "substrate_sync_queued_blocks gauge",
            "substrate_tasks_spawned_total counter", "substrate_tokio_threads_alive gauge",
            "substrate_tokio_threads_total counter", "substrate_unbounded_channel_len counter",
            "substrate_unbounded_channel_size gauge");

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

    /** Series of methods begin with a call. */
    private static void call(HttpClient client, int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("""
                        {"jsonrpc":"2.0","id":1,"method":"system_name","params":[]}""")).build();
        assertEquals(200, client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    @Test
    void showsEverySeriesOfAStockNodeWithItsType() throws Exception {
        LogSetup.start("off", false);
        Platform platform = Platform.ofMachine();
        NodeConfig.Networking alone = new NodeConfig.Networking(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")),
                List.of(),
                List.of(), List.of(), false, 1, 1, 1, true, new NodeConfig.Sync(SyncMode.FULL, 1, 1));
        NodeConfig config = new NodeConfig(BundledSpecs.referenceDev(), Optional.empty(), "test", true,
                List.of("//Alice"), true, PoolOptions.stock(true), Keeping.inMemory(16), 1 << 20, Optional.empty(),
                Optional.empty(),
                Optional.empty(), new NodeConfig.Rpc(RpcServer.Endpoint.loopback(0), RpcLimits.STOCK, RpcAccess.STOCK),
                new NodeConfig.Metrics(Optional.of(0), false), Optional.of(alone), true, Operator.STANDARD);
        NodeLog log = new NodeLog();
        try (Node node = Node.start(config, new NativeCompositions().runtimes(), platform, log,
                new LibP2pNetworks(platform, log::essentialFailed)); HttpClient client = HttpClient.newHttpClient()) {
            call(client, node.rpcPort());
            URI uri = URI.create("http://127.0.0.1:" + node.metricsAddress().orElseThrow().getPort() + "/metrics");
            String text = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
            Set<String> shown = new TreeSet<>();
            for (Matcher line = TYPE.matcher(text); line.find();) {
                shown.add(line.group(1) + " " + line.group(2));
            }
            Set<String> missing = new TreeSet<>(STOCK);
            missing.removeAll(shown);
            assertEquals(Set.of(), missing);
        }
    }
}
