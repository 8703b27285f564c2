package io.vilokanam.node.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

import io.vilokanam.node.measure.Measures;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.announce.ChainPeers;

/** What is told of peers and connections. */
final class NetworkMeasures {

    private NetworkMeasures() {}

    static void register(Measures measures, ChainPeers peers) {
        measures.gauge("substrate_sync_peers", () -> peers.peers().size());
        measures.gauge("substrate_sub_libp2p_peers_count", () -> peers.peers().size());
        measures.gauge("substrate_sub_libp2p_is_major_syncing", () -> peers.isMajorSyncing() ? 1 : 0);
        measures.counter("substrate_sub_libp2p_incoming_connections_total",
                () -> peers.traffic().connectionsIncoming());
        measures.counter("substrate_sub_libp2p_network_bytes_total", () -> peers.traffic().received(), "direction",
                "in");
        measures.counter("substrate_sub_libp2p_network_bytes_total", () -> peers.traffic().sent(), "direction", "out");
        measures.counter("substrate_sub_libp2p_connections_opened_total", () -> peers.census().openedInbound(),
                "direction", "in");
        measures.counter("substrate_sub_libp2p_connections_opened_total", () -> peers.census().openedOutbound(),
                "direction", "out");
        measures.counter("substrate_sub_libp2p_connections_closed_total",
                () -> peers.census().closed().getOrDefault(Direction.INBOUND, 0L), "direction", "in", "reason",
                "connection-closed");
        measures.counter("substrate_sub_libp2p_connections_closed_total",
                () -> peers.census().closed().getOrDefault(Direction.OUTBOUND, 0L), "direction", "out", "reason",
                "connection-closed");
        measures.counter("substrate_sub_libp2p_distinct_peers_connections_opened_total",
                () -> peers.census().peersSeen());
        measures.counter("substrate_sub_libp2p_distinct_peers_connections_closed_total",
                () -> peers.census().peersLost());
        measures.gauge("substrate_sub_libp2p_pending_connections", () -> peers.census().pending());
        measures.counter("substrate_sub_libp2p_pending_connections_errors_total", () -> peers.census().unreachable(),
                "reason", "transport-error");
        measures.counter("substrate_sub_libp2p_incoming_connections_handshake_errors_total",
                () -> peers.census().failedHandshakes(), "reason", "transport-error");
        measures.counter("substrate_sub_libp2p_listeners_errors_total", () -> peers.census().failedListens());
        measures.gauge("substrate_sub_libp2p_peerset_num_discovered", () -> peers.census().discovered());
        measures.gauge("substrate_sub_libp2p_peerset_num_banned_peers", () -> peers.census().banned());
        measures.gauge("substrate_sub_libp2p_listeners_local_addresses", () -> peers.listenAddresses().size());
        measures.counter("substrate_sub_libp2p_kademlia_random_queries_total", () -> peers.census().queries());
        // None are kept, as on a stock node of a chain without authority discovery.
        measures.gauge("substrate_sub_libp2p_kademlia_records_count", () -> 0);
        measures.gauge("substrate_sub_libp2p_kademlia_records_sizes_total", () -> 0);
        measures.gauges("substrate_sub_libp2p_kbuckets_num_nodes", "lower_ilog2_bucket_bound", () -> {
            Map<String, Long> known = new LinkedHashMap<>();
            peers.census().known().forEach((bound, count) -> known.put(Integer.toString(bound), (long) count));
            return known;
        });
    }
}
