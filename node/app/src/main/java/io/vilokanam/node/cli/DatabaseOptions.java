package io.vilokanam.node.cli;

import java.util.Optional;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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
            "--keep-blocks"}, paramLabel = "PRUNING_MODE", converter = PruningMode.class, description = WithoutEffect.MARK
                    + "the bodies of all blocks are kept.")
    private Optional<String> blocksPruning = Optional.empty();

    @Option(names = {"--state-pruning",
            "--pruning"}, paramLabel = "PRUNING_MODE", converter = PruningMode.class, description = "How many final states "
                    + "stay in memory, or archive, or archive-canonical. A chain on disk keeps all. Default: 256.")
    private String statePruning = "256";

    /** Bytes of memory for what was read from disk. */
    long cacheBytes() {
        return (long) Math.max(0, cacheMebibytes) * MEGABYTE;
    }

    /** How many final states stay where nothing is stored. */
    int finalStates() {
        return statePruning.startsWith("archive") ? Integer.MAX_VALUE : Math.max(1, Integer.parseInt(statePruning));
    }

    /** {@code archive}, {@code archive-canonical} or a number. */
    static final class PruningMode implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            if (text.equals("archive") || text.equals("archive-canonical") || text.matches("[0-9]{1,9}")) {
                return text;
            }
            throw new TypeConversionException("Invalid pruning mode specified");
        }
    }
}
