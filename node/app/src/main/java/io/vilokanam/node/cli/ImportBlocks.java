package io.vilokanam.node.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.exchange.BinaryBlocks;
import io.vilokanam.node.exchange.BlockFileException;
import io.vilokanam.node.exchange.BlockSource;
import io.vilokanam.node.exchange.JsonBlocks;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.PruningThread;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.header.SignedBlock;

/** Reads exported blocks and makes them part of the chain on disk. */
@Command(name = "import-blocks", mixinStandardHelpOptions = true, description = "Import blocks from a file, or from standard input.")
final class ImportBlocks implements Callable<Integer> {

    private static final int LOG_INTERVAL = 1_000;

    @Parameters(arity = "0..1", paramLabel = "INPUT", description = "The file; standard input if there is none.")
    private Optional<Path> input = Optional.empty();

    @Option(names = "--binary", description = "The blocks are in SCALE, not in JSON.")
    private boolean isBinary;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private ExecutorOptions executor;

    @Mixin
    private SharedOptions shared;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        NodeLog log = new NodeLog();
        try (ChainCore core = OfflineChain.open(shared, database, log);
                InputStream in = input.isPresent() ? new BufferedInputStream(Files.newInputStream(input.get()))
                        : System.in) {
            boolean isWhole;
            try (PruningThread _ = new PruningThread(core.chain().pruner())) {
                isWhole = importAll(core, isBinary ? BinaryBlocks.open(in) : JsonBlocks.open(in), log);
            }
            log.note("🎉 Imported up to best #" + core.chain().best().number() + " (" + core.chain().best().hash()
                    + "), finalized #" + core.chain().finalised().number());
            return isWhole ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static boolean importAll(ChainCore core, BlockSource source, NodeLog log)
            throws IOException, BlockFileException {
        String of = source.count().map(count -> " of " + count).orElse("");
        long done = 0;
        for (Optional<SignedBlock> next = source.next(); next.isPresent(); next = source.next()) {
            if (next.get().block().header().number() > 0) {
                ImportVerdict verdict = core.importer().importBlock(IncomingBlock.of(next.get(), BlockOrigin.FILE));
                if (verdict instanceof ImportVerdict.Refused refused) {
                    log.refused(BlockRef.of(next.get().block().header()), refused.reason());
                    return false;
                }
            }
            if (++done % LOG_INTERVAL == 0) {
                log.importing(done, of);
            }
        }
        log.importing(done, of);
        return true;
    }
}
