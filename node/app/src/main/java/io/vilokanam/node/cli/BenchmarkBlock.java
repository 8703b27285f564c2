package io.vilokanam.node.cli;

import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.benchmark.BlockTimes;
import io.vilokanam.node.benchmark.Stats;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

/** Compares the weight that blocks say they used with the time that they take here. */
@Command(name = "block", mixinStandardHelpOptions = true, description = "Execute blocks of the database again and compare the "
        + "time with their weight.")
final class BenchmarkBlock implements Callable<Integer> {

    /** {@code System::BlockWeight}, as frame-benchmarking-cli reads it. */
    private static final Bytes BLOCK_WEIGHT = Bytes
            .fromHex("0x26aa394eea5630e07c48ae0c9558cef734abf5cb34d6244378cddbf18e849d96");
    private static final int CLASSES = 3;
    private static final long PICOS_PER_NANO = 1_000;
    private static final double PERCENT = 100;

    @Option(names = "--from", required = true, paramLabel = "BLOCK", description = "The first block.")
    private long from;

    @Option(names = "--to", required = true, paramLabel = "BLOCK", description = "The last block.")
    private long to;

    @Option(names = "--repeat", paramLabel = "COUNT", description = "How often each is executed. Default: 10.")
    private int repeats = 10;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private ExecutorOptions executor;

    @Mixin
    private SharedOptions shared;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        if (from == 0) {
            throw new UsageException("Cannot benchmark the genesis block");
        }
        NodeLog log = new NodeLog();
        try (ChainCore core = OfflineChain.open(shared, database, log)) {
            for (long number = from; number <= to; number++) {
                measure(core, number, log);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void measure(ChainCore core, long number, NodeLog log) throws Exception {
        Hash hash = new BlockChoice.ByNumber(number).on(core.chain());
        Block block = BlockChoice.stored(core.chain(), hash).block();
        Block unsealed = new Block(AuraDigest.unsealed(block.header()), block.extrinsics());
        long consumed;
        long took;
        try (StateLease after = lease(core, hash); StateLease before = lease(core, block.header().parentHash())) {
            consumed = consumed(after.state());
            took = Stats.of(BlockTimes.execute(core.executor(), before.state(), unsealed, 0, repeats, _ -> {}))
                    .average();
        }
        String line = String.format(Locale.ROOT, "Block %d with %5d tx used %6.2f%% of its weight (%,14d of %,14d ns)",
                number, block.extrinsics().size(), took * PERCENT / consumed, took, consumed);
        if (took <= consumed) {
            log.note(line);
        } else {
            log.warn(line + " - OVER WEIGHT!");
        }
    }

    private static StateLease lease(ChainCore core, Hash block) throws UsageException {
        return core.chain().states().lease(block)
                .orElseThrow(() -> new UsageException(StateLease.missing(block)));
    }

    /** Nanoseconds of all classes of extrinsics together. */
    private static long consumed(ChainState state) throws UsageException, ScaleException {
        byte[] stored = state.top().get(BLOCK_WEIGHT.toArray())
                .orElseThrow(() -> new UsageException("Could not find System::BlockWeight"));
        ScaleInput in = new ScaleInput(stored);
        long picos = 0;
        for (int i = 0; i < CLASSES; i++) {
            picos += in.compactU64();
            in.compactU64();
        }
        return picos / PICOS_PER_NANO;
    }
}
