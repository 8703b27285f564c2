package io.vilokanam.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.chainspec.BundledSpecs;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.log.LogSetup;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.initial.SyncMode;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.rpc.backend.LogFilterException;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;

/** A whole node on the reference chain, over its RPC. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class NodeTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void beQuiet() throws LogFilterException {
        LogSetup.start("off", false);
    }

    private static NodeConfig config(Optional<Path> folder) throws Exception {
        return new NodeConfig(BundledSpecs.referenceDev(), folder, "test", true, List.of("//Alice"), true,
                PoolOptions.of(100, 1000, Duration.ZERO, true),
                folder.isPresent() ? Keeping.archive() : Keeping.inMemory(256), 1 << 20, Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new NodeConfig.Rpc(RpcServer.Endpoint.loopback(0), RpcLimits.STOCK, RpcAccess.DEVELOPMENT),
                new NodeConfig.Metrics(Optional.empty(), false));
    }

    private static Node start(Optional<Path> folder) throws Exception {
        return Node.start(config(folder), new NativeCompositions().runtimes(), Platform.ofMachine(), new NodeLog());
    }

    private static BlockRef awaitFinality(Node node) throws InterruptedException {
        CountDownLatch isFinal = new CountDownLatch(1);
        node.core().chain().listen(event -> {
            if (event instanceof ChainEvent.Finalised) {
                isFinal.countDown();
            }
        });
        assertTrue(isFinal.await(60, TimeUnit.SECONDS));
        return node.core().chain().finalised();
    }

    private static JsonNode ask(Node node, String method, String parameters) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.rpcPort()))
                .header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return new JsonMapper().readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body()).get("result");
    }

    @Test
    void authorsFinalisesAndAnswers() throws Exception {
        try (Node node = start(Optional.empty())) {
            assertEquals("Vilokanam Development", ask(node, "system_chain", "[]").asText());
            BlockRef finalised = awaitFinality(node);
            assertTrue(finalised.number() >= 1);
            JsonNode header = ask(node, "chain_getHeader", "[\"" + finalised.hash() + "\"]");
            assertEquals("0x" + Long.toHexString(finalised.number()), header.get("number").asText());
            assertEquals("0x01", ask(node, "state_getStorage",
                    "[\"0x26aa394eea5630e07c48ae0c9558cef75684a022a34dd8bfa2baaf44f172b710\",\"" + finalised.hash()
                            + "\"]")
                    .asText());
            assertEquals(100, ask(node, "state_getRuntimeVersion", "[]").get("specVersion").asInt());
        }
    }

    @Test
    void startsWithPartnersToShareWordsWith() throws Exception {
        Platform platform = Platform.ofMachine();
        PeerId partner = PeerId.parse(NodeIdentity.ofSeed(new byte[32]).peerId());
        NodeConfig.Networking networking = new NodeConfig.Networking(
                List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), List.of(), List.of(), List.of(), false, 1, 1, 1, true,
                new NodeConfig.Sync(SyncMode.FULL, 1, 1));
        NodeConfig.Ticks ticks = new NodeConfig.Ticks(Optional.empty(), 0, Optional.empty(), Set.of(partner));
        NodeConfig config = new NodeConfig(BundledSpecs.referenceDev(), Optional.empty(), "test", true,
                List.of("//Alice"), true,
                PoolOptions.stock(true), Keeping.inMemory(16), 1 << 20, Optional.empty(), Optional.empty(),
                Optional.empty(),
                new NodeConfig.Rpc(RpcServer.Endpoint.loopback(0), RpcLimits.STOCK, RpcAccess.DEVELOPMENT)
                        .withTicks(ticks),
                new NodeConfig.Metrics(Optional.empty(), false), Optional.of(networking), true, Operator.STANDARD);
        NodeLog log = new NodeLog();
        try (Node node = Node.start(config, new NativeCompositions().runtimes(), platform, log,
                new LibP2pNetworks(platform, log::essentialFailed))) {
            assertEquals("Vilokanam Development", ask(node, "system_chain", "[]").asText());
        }
    }

    @Test
    void goesOnFromItsFolder(@TempDir Path folder) throws Exception {
        BlockRef before;
        try (Node node = start(Optional.of(folder))) {
            before = awaitFinality(node);
        }
        try (Node node = start(Optional.of(folder))) {
            assertTrue(node.core().chain().finalised().number() >= before.number());
            assertEquals(Optional.of(before.hash()), node.core().chain().canonicalHash(before.number()));
            assertTrue(awaitFinality(node).number() > before.number());
        }
    }
}
