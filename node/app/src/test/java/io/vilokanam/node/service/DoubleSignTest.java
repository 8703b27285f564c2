package io.vilokanam.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.chainspec.BundledSpecs;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.log.LogSetup;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.initial.SyncMode;
import io.vilokanam.node.network.libp2p.stock.StockProcess;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;

/** Two whole nodes with the same keys on one network. */
final class DoubleSignTest {

    private static final NodeIdentity FIRST = NodeIdentity.ofSeed(new byte[32]);

    private static Node start(NodeIdentity identity, List<String> keys, int port, List<Multiaddr> bootnodes,
            Operator.Guard guard) throws Exception {
        Platform platform = Platform.ofMachine();
        NodeConfig.Networking networking = new NodeConfig.Networking(
                List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port)), List.of(), bootnodes, List.of(), false, 4, 4, 4,
                true, new NodeConfig.Sync(SyncMode.FULL, 1, 64));
        NodeLog log = new NodeLog();
        return Node.start(new NodeConfig(BundledSpecs.referenceLocal(), Optional.empty(), "test", true, keys, false,
                PoolOptions.stock(true), Keeping.inMemory(64), 1 << 20, Optional.empty(), Optional.empty(),
                Optional.of(identity),
                new NodeConfig.Rpc(RpcServer.Endpoint.loopback(0), RpcLimits.STOCK, RpcAccess.STOCK),
                new NodeConfig.Metrics(Optional.empty(), false), Optional.of(networking), true,
                new Operator(true, Operator.OffchainWork.ALL, false, List.of(), guard, Operator.Keys.PLAIN)),
                new NativeCompositions().runtimes(), platform, log, new LibP2pNetworks(platform, log::essentialFailed));
    }

    @Test
    void aValidatorEndsWhereAnotherNodeSignsWithItsKeys() throws Exception {
        LogSetup.start("off", false);
        int port = StockProcess.freePort();
        try (Node first = start(FIRST, List.of("//Alice", "//Bob"), port, List.of(), Operator.Guard.OFF);
                Node second = start(NodeIdentity.fresh(Platform.ofMachine().random()), List.of("//Bob"), 0,
                        List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port + "/p2p/" + FIRST.peerId())),
                        Operator.Guard.STRICT)) {
            second.awaitFailure();
            assertEquals(first.core().chain().genesis(), second.core().chain().genesis());
        }
    }
}
