package io.vilokanam.node.cli;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.vilokanam.node.exchange.BlockExport;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;

/** Writes the blocks of the chain on disk. */
@Command(name = "export-blocks", mixinStandardHelpOptions = true, description = "Export blocks to a file, or to standard output.")
final class ExportBlocks implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "OUTPUT", description = "The file; standard output if there is none.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--from", paramLabel = "BLOCK", description = "First block number. Default: 1.")
    private long from = 1;

    @Option(names = "--to", paramLabel = "BLOCK", description = "Last block number. Default: the best block.")
    private Optional<Long> to = Optional.empty();

    @Option(names = "--binary", description = "Write SCALE, not JSON.")
    private boolean isBinary;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private SharedOptions shared;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        NodeLog log = new NodeLog();
        try (ChainCore core = OfflineChain.open(shared, database, log)) {
            long last = to.orElse(core.chain().best().number());
            if (from > last) {
                throw new UsageException("Invalid block range specified: from #" + from + " to #" + last);
            }
            log.note("Exporting blocks from #" + from + " to #" + last);
            try (OutputStream out = new BufferedOutputStream(
                    output.isPresent() ? Files.newOutputStream(output.get()) : System.out)) {
                log.note(BlockExport.write(core.chain(), from, last, isBinary, out) + " blocks exported");
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
