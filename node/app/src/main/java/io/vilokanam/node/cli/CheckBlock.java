package io.vilokanam.node.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.SignedBlock;

/** Executes a stored block once more upon its parent's state, with all checks that an import makes. */
@Command(name = "check-block", mixinStandardHelpOptions = true, description = "Validate a block of the database by executing it again.")
final class CheckBlock implements Callable<Integer> {

    private static final double NANOS_PER_MILLI = 1e6;

    @Parameters(paramLabel = "HASH or NUMBER", description = "The block.", converter = BlockChoice.Converter.class)
    private BlockChoice block;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private ExecutorOptions executor;

    @Mixin
    private SharedOptions shared;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        NodeLog log = new NodeLog();
        try (ChainCore core = OfflineChain.open(shared, database, log)) {
            Chain chain = core.chain();
            Hash hash = block.on(chain);
            SignedBlock stored = BlockChoice.stored(chain, hash);
            long begun = System.nanoTime();
            Optional<ImportVerdict.Refused> wrong = stored.block().header().number() == 0 ? Optional.empty()
                    : core.importer().checkAgain(IncomingBlock.of(stored, BlockOrigin.FILE));
            if (wrong.isPresent()) {
                log.refused(BlockRef.of(stored.block().header()), wrong.get().reason());
                return CommandLine.ExitCode.SOFTWARE;
            }
            PrintWriter out = command.commandLine().getOut();
            out.println("Completed in " + Math.round((System.nanoTime() - begun) / NANOS_PER_MILLI) + " ms.");
            out.flush();
            log.note("Block #" + stored.block().header().number() + " (" + hash + ") is valid");
            return CommandLine.ExitCode.OK;
        }
    }
}
