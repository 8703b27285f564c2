package io.vilokanam.node.cli;

import java.util.Optional;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.storage.PruningMode;

/** What stock nodes let an operator choose about their database: taken by the commands that work on a chain on disk. */
final class DatabaseOptions {

    private static final int CACHE_MEBIBYTES = 128;
    private static final int MEGABYTE = 1 << 20;

    @Option(names = {"--database",
            "--db"}, paramLabel = "DB", completionCandidates = Choices.Database.class, description = WithoutEffect.MARK
                    + "chains on disk are always kept in RocksDB.")
    private Optional<String> database = Optional.empty();

    @Option(names = "--db-cache", paramLabel = "MiB", description = "Memory for what was read from disk. Default: 128.")
    private int cacheMebibytes = CACHE_MEBIBYTES;

    @Option(names = {"--blocks-pruning",
            "--keep-blocks"}, paramLabel = "PRUNING_MODE", converter = Mode.class, description = "Of which final "
                    + "blocks the body is kept: archive, archive-canonical (without the forks) or the last so many. "
                    + "Default: as last time, at first archive-canonical.")
    private Optional<PruningMode> blocksPruning = Optional.empty();

    @Option(names = {"--state-pruning",
            "--pruning"}, paramLabel = "PRUNING_MODE", converter = Mode.class, description = "Of which final "
                    + "blocks the state is kept: archive, archive-canonical (without the forks) or the last so many. "
                    + "Default: as last time, at first 256.")
    private Optional<PruningMode> statePruning = Optional.empty();

    /** Bytes of memory for what was read from disk. */
    long cacheBytes() {
        return (long) Math.max(0, cacheMebibytes) * MEGABYTE;
    }

    /** What is kept, on disk or in memory alone. */
    Keeping keeping(boolean isStored) {
        return new Keeping(isStored, statePruning, blocksPruning);
    }

    /** {@code archive}, {@code archive-canonical} or a number. */
    static final class Mode implements ITypeConverter<PruningMode> {

        @Override
        public PruningMode convert(String text) {
            return PruningMode.parse(text).orElseThrow(
                    () -> new TypeConversionException("Invalid pruning mode specified"));
        }
    }
}
