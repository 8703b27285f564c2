package io.vilokanam.node.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.Reversal;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;

/** Takes back the newest blocks that are not final. */
@Command(name = "revert", mixinStandardHelpOptions = true, description = "Take back the newest blocks of the database, as far as they are not final.")
final class Revert implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NUM", description = "How many blocks. Default: 256.")
    private long blocks = 256;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private SharedOptions shared;

    @Override
    public Integer call() throws Exception {
        if (blocks < 0) {
            throw new UsageException("NUM " + blocks + ": expected a number of blocks from 0");
        }
        shared.startLog();
        NodeLog log = new NodeLog();
        try (ChainCore core = OfflineChain.open(shared, database, log)) {
            long before = core.chain().best().number();
            BlockRef left = Reversal.run(core.chain(), blocks, core.grandpa()::revert);
            log.note(left.number() == before ? "There aren't any non-finalized blocks to revert."
                    : "Reverted " + (before - left.number()) + " blocks. Best: #" + left.number() + " (" + left.hash()
                            + ")");
            return CommandLine.ExitCode.OK;
        }
    }
}
