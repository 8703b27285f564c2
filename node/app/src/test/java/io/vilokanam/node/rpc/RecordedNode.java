package io.vilokanam.node.rpc;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.chainspec.ChainSpecJson;
import io.vilokanam.node.chainspec.Genesis;
import io.vilokanam.node.chainspec.GenesisBlock;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.node.service.NativeCompositions;
import io.vilokanam.node.service.Node;
import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.node.service.Platform;
import io.vilokanam.node.storage.RocksDbStore;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;
import io.vilokanam.testkit.Refchain;

/** A whole node that stands at the end of the recorded dev chain and makes no blocks. */
final class RecordedNode {

    private static final long CACHE_BYTES = 8L << 20;
    private static final long FINALISED = 39;
    private static final int POOL_COUNT = 8192;
    private static final int POOL_KILOBYTES = 20480;

    private RecordedNode() {}

    /** Imports the recorded blocks into a folder and starts a node on it. */
    static Node start(Path folder, RpcLimits limits, RpcAccess access) throws Exception {
        importBlocks(folder.resolve("db").resolve("full"), spec(), new NativeCompositions().runtimes(), platform());
        return start(Optional.of(folder), POOL_COUNT, limits, access);
    }

    /** A node in memory that has nothing but the genesis block of the recorded chain; so many transactions may wait in it. */
    static Node atGenesis(int poolCount, RpcLimits limits) throws Exception {
        return start(Optional.empty(), poolCount, limits, RpcAccess.DEVELOPMENT);
    }

    private static Node start(Optional<Path> folder, int poolCount, RpcLimits limits, RpcAccess access)
            throws Exception {
        ChainSpec spec = spec();
        NodeConfig config = new NodeConfig(spec, folder, "recorded", false, List.of(), false,
                PoolOptions.of(poolCount, POOL_KILOBYTES, Duration.ofMinutes(30), false),
                folder.isPresent() ? Keeping.archive() : Keeping.inMemory(Integer.MAX_VALUE), CACHE_BYTES,
                Optional.empty(), Optional.empty(), Optional.empty(),
                new NodeConfig.Rpc(RpcServer.Endpoint.loopback(0), limits, access),
                new NodeConfig.Metrics(Optional.empty(), false));
        return Node.start(config, new NativeCompositions().runtimes(), platform(), new NodeLog());
    }

    private static ChainSpec spec() throws ChainSpecException {
        return ChainSpecJson.read(new ByteArrayInputStream(Refchain.file("dev.raw.json")));
    }

    private static Platform platform() {
        return new Platform(Clock.fixed(RecordedChains.LATER, ZoneOffset.UTC), () -> System.nanoTime() / 1_000_000,
                new SplittableRandom(1));
    }

    private static void importBlocks(Path database, ChainSpec spec, List<ChainRuntime> runtimes, Platform platform)
            throws Exception {
        try (ChainCore core = ChainCore.open(new ChainCore.Setup(new RocksDbStore(database, CACHE_BYTES),
                Keeping.archive(), genesis(spec), runtimes, platform, (_, _) -> {}, _ -> {}))) {
            for (SignedBlock block : RecordedChains.blocks("dev-chain.blocks")) {
                ImportVerdict verdict = core.importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE));
                if (verdict instanceof ImportVerdict.Refused refused) {
                    throw new IllegalStateException("a recorded block was refused: " + refused.reason());
                }
            }
            // The recording node was told of more than the blocks' justifications prove.
            core.chain().canonicalHash(FINALISED).ifPresent(
                    hash -> RecordedChains.finaliseUnproven(core, new BlockRef(hash, FINALISED)));
        }
    }

    private static GenesisBlock genesis(ChainSpec spec) throws ChainSpecException {
        return GenesisBlock.of((Genesis.Raw) spec.genesis());
    }
}
