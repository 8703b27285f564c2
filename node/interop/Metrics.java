import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.signing.SignedExtrinsic;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/**
 * A stock validator and one of ours make a chain together, under the same load and with the same peers, of which two come late and
 * go early. Then what both tell Prometheus is compared: each metric of the stock one must be told by ours, of the same type, with
 * the same labels, and with the same values of those labels that are closed. Each series that the boards and the
 * alert rules of Substrate's own repository ask for, and that the stock node fills, must be filled by ours. Some two minutes.
 *
 * <pre>
 * java -cp node/app/target/node-0.1.0-all.jar node/interop/Metrics.java STOCK_NODE
 * </pre>
 *
 * <p>Our node is {@code node/bin/vilokanam}, or what the environment variable VILOKANAM names.
 */
public final class Metrics {

    private static final String SPEC = "runtime/testkit/src/main/resources/refchain/local.raw.json.gz";
    private static final int FIRST_PORT = 32_500;
    private static final int RPC = 50;
    private static final int PROMETHEUS = 100;
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int MILLIS_BETWEEN_LOOKS = 250;
    private static final int TRANSFERS = 10;
    /** Final blocks when peers come, when they go, and when all is compared. */
    private static final int GUESTS_COME = 6;
    private static final int GUESTS_GO = 14;
    private static final int END = 20;

    private static final int SPEC_VERSION = 100;
    private static final int TRANSACTION_VERSION = 1;
    private static final int BALANCES = 4;
    private static final int TRANSFER_KEEP_ALIVE = 3;
    private static final long AMOUNT = 1_000_000_000L;

    /** Labels whose values do not depend on what happened to come, and are not names of tasks, queues or calls. */
    private static final Set<String> CLOSED_LABELS = Set.of("status", "action", "direction", "protocol", "le", "is_error",
            "is_rate_limited");

    /** What a channel of the stock node still held when it ended. Ours end with the node. */
    private static final String DROPPED = "action=dropped";

    /**
     * What panels and rules ask for: substrate/scripts/ci/monitoring (alerts) of polkadot-sdk, and the boards "Substrate
     * Networking", "Substrate Service Tasks" and "Substrate Dashboard" of .maintain/monitoring in substrate. Labels that name a
     * machine are left out.
     */
    private static final String QUERIES = """
            alerts substrate_block_height{status="best"}
            alerts substrate_block_height{status="finalized"}
            alerts substrate_sub_txpool_validations_scheduled
            alerts substrate_sub_txpool_validations_finished
            alerts substrate_sub_libp2p_peers_count
            alerts substrate_sub_libp2p_incoming_connections_total
            alerts substrate_authority_discovery_handle_value_found_event_failure
            alerts substrate_authority_discovery_dht_event_received{name="value_found"}
            alerts substrate_unbounded_channel_size
            alerts substrate_unbounded_channel_len{action="send"}
            alerts substrate_unbounded_channel_len{action="received"}
            networking substrate_build_info
            networking substrate_sub_libp2p_connections
            networking substrate_sub_libp2p_peerset_num_requested
            networking substrate_sub_libp2p_peers_count
            networking substrate_sub_libp2p_requests_out_started_total
            networking substrate_sub_libp2p_requests_in_total_count
            networking substrate_sub_libp2p_requests_in_total_bucket
            networking substrate_sub_libp2p_requests_out_finished_bucket
            networking substrate_sub_libp2p_notifications_sizes_count{direction="in"}
            networking substrate_sub_libp2p_notifications_sizes_count{direction="out"}
            networking substrate_sub_libp2p_notifications_sizes_sum{direction="in"}
            networking substrate_sub_libp2p_notifications_sizes_sum{direction="out"}
            networking substrate_sub_libp2p_notifications_sizes_bucket{direction="in"}
            networking substrate_sub_libp2p_notifications_sizes_bucket{direction="out"}
            networking substrate_sub_libp2p_out_events_notifications_sizes{action="sent"}
            networking substrate_sub_libp2p_out_events_notifications_sizes{action="received"}
            networking substrate_sub_libp2p_notifications_queues_size_bucket
            networking substrate_sub_libp2p_connections_opened_total{direction="in"}
            networking substrate_sub_libp2p_connections_opened_total{direction="out"}
            networking substrate_sub_libp2p_connections_closed_total{direction="in"}
            networking substrate_sub_libp2p_connections_closed_total{direction="out"}
            networking substrate_sub_libp2p_pending_connections
            networking substrate_sub_libp2p_distinct_peers_connections_opened_total
            networking substrate_sub_libp2p_distinct_peers_connections_closed_total
            networking substrate_sub_libp2p_incoming_connections_handshake_errors_total
            networking substrate_sub_libp2p_listeners_errors_total
            networking substrate_network_per_sec_bytes
            networking substrate_sub_libp2p_pending_connections_errors_total
            networking substrate_finality_grandpa_communication_gossip_validator_messages{action="keep"}
            networking substrate_finality_grandpa_communication_gossip_validator_messages{action="discard"}
            networking substrate_finality_grandpa_communication_gossip_validator_messages{action="process_and_discard"}
            networking substrate_sub_libp2p_kbuckets_num_nodes
            networking substrate_sub_libp2p_kademlia_random_queries_total
            networking substrate_sub_libp2p_kademlia_records_count
            networking substrate_sub_libp2p_kademlia_records_sizes_total
            networking substrate_authority_discovery_known_authorities_count
            networking substrate_authority_discovery_amount_external_addresses_last_published
            networking substrate_authority_discovery_dht_event_received{name="value_not_found"}
            networking substrate_authority_discovery_dht_event_received{name="value_put"}
            networking substrate_authority_discovery_dht_event_received{name="value_put_failed"}
            tasks substrate_tasks_ended_total
            tasks substrate_tasks_ended_total{reason="panic"}
            tasks substrate_process_start_time_seconds
            tasks substrate_tasks_polling_duration_sum
            tasks substrate_tasks_polling_duration_count
            tasks substrate_tasks_polling_duration_bucket{le="+Inf"}
            tasks substrate_tasks_polling_duration_bucket{le="1.024"}
            tasks substrate_tasks_spawned_total
            tasks substrate_unbounded_channel_len{action="send"}
            tasks substrate_unbounded_channel_len{action="received"}
            dashboard substrate_block_height_number{status="best"}
            dashboard substrate_block_height_number{status="finalized"}
            dashboard substrate_block_height_number{status="sync_target"}
            dashboard substrate_sub_libp2p_peers_count
            dashboard substrate_ready_transactions_number
            dashboard substrate_sync_extra_finality_proofs_active
            dashboard substrate_sync_extra_finality_proofs_failed
            dashboard substrate_sync_extra_finality_proofs_importing
            dashboard substrate_sync_extra_finality_proofs_pending
            dashboard substrate_sync_extra_justifications_active
            dashboard substrate_sync_extra_justifications_failed
            dashboard substrate_sync_extra_justifications_importing
            dashboard substrate_sync_extra_justifications_pending
            dashboard substrate_sub_libp2p_connections
            dashboard substrate_sub_libp2p_is_major_syncing
            dashboard substrate_sub_libp2p_kbuckets_num_nodes
            dashboard substrate_sub_libp2p_notifications_total{direction="in"}
            dashboard substrate_sub_libp2p_notifications_total{direction="out"}
            dashboard substrate_cpu_usage_percentage
            dashboard substrate_memory_usage_bytes
            dashboard substrate_sub_libp2p_network_per_sec_bytes
            """;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path stock;
    private final Path folder = Files.createTempDirectory("metrics");
    private final RunningNode.Patience patience = new RunningNode.Patience(PATIENCE, MILLIS_BETWEEN_LOOKS, folder);
    private final Path spec = folder.resolve("spec.json");
    private final List<Peer> all = new ArrayList<>();
    private final List<WebSocket> subscribers = new ArrayList<>();

    private Metrics(Path stock) throws IOException {
        this.stock = stock;
    }

    private final class Peer extends RunningNode {

        private Peer(String name, boolean isOurs, List<String> arguments) {
            super(name, isOurs ? OURS : stock, folder, FIRST_PORT + all.size() + 1, RPC, ANSWER,
                    List.of("--chain", spec.toString(), "--base-path", folder.resolve(name).toString()));
            command.remove("--no-prometheus");
            command.addAll(List.of("--prometheus-port", String.valueOf(port + PROMETHEUS)));
            command.addAll(arguments);
            all.add(this);
        }

        private long height() throws InterruptedException {
            return finalised().orElseThrow(() -> new IllegalStateException(name + " does not answer; its log is in " + folder))
                    .number();
        }

        private Exposition exposition() throws IOException, InterruptedException {
            return Exposition.read(HTTP.send(HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + (port + PROMETHEUS) + "/metrics")).build(),
                    HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    // What a node tells.

    private record Series(String name, Map<String, String> labels) {}

    /** What a node tells in Prometheus' text format: the type of each metric, and its series. */
    private record Exposition(Map<String, String> types, List<Series> series) {

        private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
        private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

        private static Map<String, String> labels(String text) {
            Map<String, String> labels = new TreeMap<>();
            for (Matcher label = LABEL.matcher(text); label.find();) {
                labels.put(label.group(1), label.group(2));
            }
            return labels;
        }

        static Exposition read(String text) {
            Map<String, String> types = new TreeMap<>();
            List<Series> series = new ArrayList<>();
            for (String line : text.lines().toList()) {
                Matcher matcher = LINE.matcher(line);
                if (line.startsWith("# TYPE ")) {
                    String[] words = line.split(" ");
                    types.put(words[2], words[3]);
                } else if (!line.startsWith("#") && matcher.matches()) {
                    series.add(new Series(matcher.group(1),
                            labels(Optional.ofNullable(matcher.group(2)).orElse(""))));
                }
            }
            return new Exposition(types, series);
        }

        /** Of a metric, with what a histogram adds to its name. */
        List<Series> of(String metric) {
            boolean isHistogram = "histogram".equals(types.get(metric));
            return series.stream().filter(one -> one.name.equals(metric) || isHistogram && one.name.startsWith(metric)
                    && Set.of("_bucket", "_sum", "_count").contains(one.name.substring(metric.length()))).toList();
        }

        /** Which labels there are, and the values of those that are closed. */
        Set<String> labelsOf(String metric) {
            Set<String> found = new TreeSet<>();
            for (Series one : of(metric)) {
                one.labels.forEach((label, value) -> found.add(CLOSED_LABELS.contains(label) ? label + "=" + value : label));
            }
            return found;
        }

        boolean fills(String query) {
            Matcher matcher = Pattern.compile("(\\w+)(\\{.*})?").matcher(query);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("no query: " + query);
            }
            Map<String, String> wanted = labels(Optional.ofNullable(matcher.group(2)).orElse(""));
            return series.stream().anyMatch(one -> one.name.equals(matcher.group(1))
                    && one.labels.entrySet().containsAll(wanted.entrySet()));
        }
    }

    private static boolean compare(Exposition stock, Exposition ours) {
        List<String> problems = new ArrayList<>();
        stock.types.forEach((metric, type) -> {
            if (!type.equals(ours.types.get(metric))) {
                problems.add(metric + " is a " + type + ", ours " + ours.types.getOrDefault(metric, "is missing"));
            } else {
                Set<String> missing = new TreeSet<>(stock.labelsOf(metric));
                missing.removeAll(ours.labelsOf(metric));
                missing.remove(DROPPED);
                if (!missing.isEmpty()) {
                    problems.add(metric + " lacks " + missing);
                }
            }
        });
        Map<String, List<String>> filled = new LinkedHashMap<>();
        List<String> empty = new ArrayList<>();
        for (String line : QUERIES.lines().toList()) {
            String query = line.substring(line.indexOf(' ') + 1);
            if (!stock.fills(query)) {
                empty.add(line);
            } else {
                filled.computeIfAbsent(line.substring(0, line.indexOf(' ')), _ -> new ArrayList<>()).add(query);
                if (!ours.fills(query)) {
                    problems.add(line + " is empty");
                }
            }
        }
        System.out.println(stock.types.size() + " metrics of the stock node, " + ours.types.size() + " of ours");
        filled.forEach((board, queries) -> System.out.println(board + ": the stock node fills " + queries.size() + " queries"));
        System.out.println("empty on the stock node, too:");
        empty.stream().filter(line -> !ours.fills(line.substring(line.indexOf(' ') + 1)))
                .forEach(line -> System.out.println("  " + line));
        System.out.println("differences:" + (problems.isEmpty() ? " none" : ""));
        problems.forEach(problem -> System.out.println("  " + problem));
        return problems.isEmpty();
    }

    // The network.

    private Peer start(String name, boolean isOurs, String... arguments) throws IOException {
        Peer peer = new Peer(name, isOurs, List.of(arguments));
        peer.start();
        return peer;
    }

    /** Transfers to one node, one of them twice, one with a signature that is none, and a few questions on two connections. */
    private void load(Peer door, String sender) throws Exception {
        KeyPair pair = SecretUri.keyPair(Scheme.SR25519, sender);
        Hash genesis = new Hash(Bytes.fromHex(door.hash(0)));
        ScaleOutput call = new ScaleOutput().u8(BALANCES).u8(TRANSFER_KEEP_ALIVE);
        MultiAddress.CODEC.encode(MultiAddress.of(AccountId.wrap(pair.publicKey())), call);
        byte[] transfer = call.compact(AMOUNT).toByteArray();
        String first = "";
        for (int nonce = 0; nonce < TRANSFERS; nonce++) {
            String signed = "\"" + SignedExtrinsic.sign(pair, transfer, new SignedExtrinsic.Terms(SPEC_VERSION,
                    TRANSACTION_VERSION, genesis, new Era.Immortal(), genesis, nonce, 0)).hex() + "\"";
            first = nonce == 0 ? signed : first;
            door.require("author_submitExtrinsic", signed, "(\"result\")");
        }
        door.require("author_submitExtrinsic", first, "(\"error\")");
        // The byte behind the length, the version, the address and the kind of signature belongs to the signature.
        String forged = first.substring(0, 80) + (first.charAt(80) == '0' ? '1' : '0') + first.substring(81);
        door.require("author_submitExtrinsic", forged, "(\"error\")");
        WebSocket socket = HTTP.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + (door.port + RPC)),
                new WebSocket.Listener() {}).join();
        socket.sendText(RunningNode.request("chain_subscribeNewHeads", ""), true).join();
        subscribers.add(socket);
    }

    private boolean play() throws Exception {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(SPEC)))) {
            Files.copy(in, spec);
        }
        Peer alice = start("alice-stock", false, "--alice");
        String first = alice.address(patience);
        Peer bob = start("bob-ours", true, "--bob", "--bootnodes", first);
        String second = bob.address(patience);
        patience.await("finality", () -> alice.height() >= 1 && bob.height() >= 1);
        load(alice, "//Charlie");
        load(bob, "//Dave");
        patience.await("blocks", () -> alice.height() >= GUESTS_COME && bob.height() >= GUESTS_COME);
        // The first bootnode is nobody: dials fail, too.
        String nobody = "/ip4/127.0.0.1/tcp/1/p2p/" + second.substring(second.lastIndexOf('/') + 1);
        Peer charlie = start("charlie-stock", false, "--bootnodes", first, second, nobody);
        Peer dave = start("dave-ours", true, "--bootnodes", first, second, nobody);
        charlie.id(patience);
        dave.id(patience);
        patience.await("peers", () -> charlie.height() >= GUESTS_GO && dave.height() >= GUESTS_GO);
        charlie.kill();
        dave.kill();
        subscribers.getLast().abort();
        patience.await("blocks", () -> alice.height() >= END && bob.height() >= END);
        return compare(alice.exposition(), bob.exposition());
    }

    private void end() throws InterruptedException {
        subscribers.forEach(WebSocket::abort);
        for (Peer peer : all) {
            peer.kill();
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: java -cp OUR_JAR node/interop/Metrics.java STOCK_NODE");
            System.exit(2);
        }
        Metrics metrics = new Metrics(Path.of(arguments[0]));
        boolean isSame;
        try {
            isSame = metrics.play();
        } finally {
            metrics.end();
        }
        System.exit(isSame ? 0 : 1);
    }
}
