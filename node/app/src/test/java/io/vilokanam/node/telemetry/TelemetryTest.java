package io.vilokanam.node.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

import io.vilokanam.node.chainspec.BundledSpecs;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.log.LogSetup;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.node.service.NativeCompositions;
import io.vilokanam.node.service.Node;
import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.node.service.Operator;
import io.vilokanam.node.service.Platform;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;

final class TelemetryTest {

    private static final TelemetryConnection.Pauses SHORT = new TelemetryConnection.Pauses(Duration.ofMillis(1),
            Duration.ofMillis(5));
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000, 5), ZoneOffset.UTC);

    private static Telemetry telemetry(int port, int verbosity) {
        return new Telemetry(
                List.of(new TelemetryEndpoint(URI.create("ws://127.0.0.1:" + port + "/submit"), verbosity)),
                new TreeMap<>(Map.of("msg", "system.connected", "name", "n")), CLOCK, new SplittableRandom(1),
                SHORT);
    }

    @Test
    void greetsAndSendsInBinaryMessagesWithMembersInOrder() throws Exception {
        try (TelemetryServer server = new TelemetryServer(); Telemetry telemetry = telemetry(server.port(), 1)) {
            telemetry.start();
            assertEquals("2 {\"id\":1,\"payload\":{\"msg\":\"system.connected\",\"name\":\"n\"},"
                    + "\"ts\":\"2023-11-14T22:13:20.000000005+00:00\"}", server.messages.take());
            assertTrue(server.requests.take().startsWith("GET /submit HTTP/1.1\r\n"));
            telemetry.send(2, new TreeMap<>(Map.of("msg", "not for this server")));
            telemetry.send(1, new TreeMap<>(Map.of("msg", "b", "a", 7)));
            assertEquals(
                    "2 {\"id\":1,\"payload\":{\"a\":7,\"msg\":\"b\"},\"ts\":\"2023-11-14T22:13:20.000000005+00:00\"}",
                    server.messages.take());
        }
    }

    @Test
    void connectsAgainWhenTheConnectionIsLost() throws Exception {
        try (TelemetryServer server = new TelemetryServer(); Telemetry telemetry = telemetry(server.port(), 0)) {
            telemetry.start();
            for (int i = 0; i < 3; i++) {
                String message = server.messages.take();
                assertTrue(message.contains("system.connected"), message);
                server.drop();
                assertEquals("ended", server.messages.take());
            }
        }
    }

    @Test
    void readsAddressesOfBothKinds() {
        assertEquals("wss://telemetry.polkadot.io:443/submit/",
                TelemetryEndpoint.of("/dns/telemetry.polkadot.io/tcp/443/x-parity-wss/%2Fsubmit%2F", 0).orElseThrow()
                        .uri().toString());
        assertEquals("ws://80.123.90.4:5432/", TelemetryEndpoint.of("/ip4/80.123.90.4/tcp/5432", 4).orElseThrow().uri()
                .toString());
        for (String wrong : List.of("http://x", "ws://", "/ip4/1.2.3.4/udp/1", "wss://a b")) {
            assertEquals(Optional.empty(), TelemetryEndpoint.of(wrong, 0), wrong);
        }
        assertEquals(Optional.empty(), TelemetryEndpoint.of("ws://x", 10));
    }

    @Test
    void tellsOfANodeWhatAStockNodeTells() throws Exception {
        LogSetup.start("off", false);
        Platform platform = Platform.ofMachine();
        try (TelemetryServer server = new TelemetryServer()) {
            TelemetryEndpoint endpoint = new TelemetryEndpoint(URI.create("ws://127.0.0.1:" + server.port()), 9);
            NodeConfig config = new NodeConfig(BundledSpecs.referenceDev(), Optional.empty(), "test", true,
                    List.of("//Alice"), true, PoolOptions.stock(true), Keeping.inMemory(16), 1 << 20, Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new NodeConfig.Rpc(RpcServer.Endpoint.loopback(0), RpcLimits.STOCK, RpcAccess.STOCK),
                    new NodeConfig.Metrics(Optional.empty(), false), Optional.empty(), false,
                    new Operator(true, Operator.OffchainWork.ALL, false, List.of(endpoint), Operator.Guard.OFF,
                            Operator.Keys.PLAIN));
            try (Node _ = Node.start(config, new NativeCompositions().runtimes(), platform, new NodeLog())) {
                // Names and members of messages as a stock node sent them, recorded with --telemetry-url.
                Set<String> awaited = new TreeSet<>(Set.of(
                        "system.connected [authority, chain, config, genesis_hash, implementation, msg, name, network_id, "
                                + "startup_time, sysinfo, target_arch, target_env, target_os, version]",
                        "block.import [best, height, msg, origin]", "notify.finalized [best, height, msg]",
                        "prepared_block_for_proposing [hash, msg, number]",
                        "slots.pre_sealed_block [hash_now, hash_previously, header_num, msg]",
                        "slots.starting_authorship [msg, slot_num]",
                        "afg.prevote_issued [msg, round, target_hash, target_number]",
                        "afg.precommit_issued [msg, round, target_hash, target_number]",
                        "afg.commit_issued [msg, target_hash, target_number]",
                        "afg.announcing_blocks_to_voted_peers [block, msg, round, set_id]",
                        "afg.finalized_blocks_up_to [hash, msg, number]",
                        "system.interval [bandwidth_download, bandwidth_upload, msg, peers]",
                        "system.interval [best, finalized_hash, finalized_height, height, msg, txcount, "
                                + "used_state_cache_size]"));
                while (!awaited.isEmpty()) {
                    String message = server.messages.take();
                    assertTrue(message.startsWith("2 "), message);
                    JsonNode payload = new JsonMapper().readTree(message.substring(2)).get("payload");
                    TreeSet<String> members = new TreeSet<>();
                    payload.fieldNames().forEachRemaining(members::add);
                    awaited.remove(payload.get("msg").asText() + " " + members);
                }
            }
        }
    }
}
