package io.vilokanam.node.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.vilokanam.node.benchmark.BlockTimes;
import io.vilokanam.node.benchmark.Stats;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.scale.Bytes;

/** Takes the time of an empty block, and of an extrinsic that does nothing. */
@Command(name = "overhead", mixinStandardHelpOptions = true, description = "Measure how long an empty block takes, and an "
        + "extrinsic that does nothing.")
final class BenchmarkOverhead implements Callable<Integer> {

    @Mixin
    private BenchmarkChain chain;

    @Override
    public Integer call() throws Exception {
        chain.startLog();
        NodeLog log = new NodeLog();
        try (ChainCore core = chain.open(log); StateLease lease = BenchmarkChain.lease(core)) {
            BlockTimes times = BenchmarkChain.times(core, lease.state());
            Stats block = Stats.of(times.execute(times.build(_ -> Bytes.EMPTY, 0).block(), chain.warmUps, chain.repeats,
                    log::note));
            log.note("Per-block execution overhead [ns]:\n" + block);
            log.note("Building block, this takes some time...");
            BlockTimes.Built full = times.build(BenchmarkChain.extrinsics(core, lease.state(), "system", "remark"),
                    chain.extrinsicsMax());
            log.note("Extrinsics per block: " + full.transactions());
            log.note("Per-extrinsic execution overhead [ns]:\n"
                    + Stats.of(times.perExtrinsic(full, chain.warmUps, chain.repeats, log::note)));
        }
        return CommandLine.ExitCode.OK;
    }
}
