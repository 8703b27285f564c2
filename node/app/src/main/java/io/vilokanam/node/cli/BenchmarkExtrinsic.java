package io.vilokanam.node.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.node.benchmark.BlockTimes;
import io.vilokanam.node.benchmark.Stats;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;

/** Takes the time of one kind of extrinsic in a full block. */
@Command(name = "extrinsic", mixinStandardHelpOptions = true, description = "Measure how long an extrinsic takes in a full block.")
final class BenchmarkExtrinsic implements Callable<Integer> {

    private static final String LIST = "Listing available extrinsics (2):\npallet, extrinsic\nsystem, remark\n"
            + "balances, transfer_keep_alive";

    @Option(names = "--list", description = "List what can be measured.")
    private boolean isList;

    @Option(names = "--pallet", paramLabel = "PALLET", description = "The pallet of the extrinsic.")
    private Optional<String> pallet = Optional.empty();

    @Option(names = "--extrinsic", paramLabel = "EXTRINSIC", description = "The extrinsic.")
    private Optional<String> extrinsic = Optional.empty();

    @Option(names = "--enable-trie-cache", description = WithoutEffect.MARK + "the state of the block is in memory.")
    private boolean isTrieCached;

    @Mixin
    private BenchmarkChain chain;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        chain.startLog();
        NodeLog log = new NodeLog();
        if (isList) {
            log.note(LIST);
            return CommandLine.ExitCode.OK;
        }
        for (String flag : new String[]{"--pallet", "--extrinsic"}) {
            if (!command.commandLine().getParseResult().hasMatchedOption(flag)) {
                throw new CommandLine.MissingParameterException(command.commandLine(), command.findOption(flag),
                        "is not given");
            }
        }
        try (ChainCore core = chain.open(log); StateLease lease = BenchmarkChain.lease(core)) {
            BlockTimes times = BenchmarkChain.times(core, lease.state());
            var extrinsics = BenchmarkChain.extrinsics(core, lease.state(), pallet.orElseThrow(),
                    extrinsic.orElseThrow());
            log.note("Building block, this takes some time...");
            BlockTimes.Built full = times.build(extrinsics, chain.extrinsicsMax());
            if (full.transactions() == 0) {
                throw new UsageException("A Block must hold at least one extrinsic");
            }
            log.note("Extrinsics per block: " + full.transactions());
            log.note("Executing a " + pallet.get() + "::" + extrinsic.get() + " extrinsic takes[ns]:\n"
                    + Stats.of(times.perExtrinsic(full, chain.warmUps, chain.repeats, log::note)));
        }
        return CommandLine.ExitCode.OK;
    }
}
