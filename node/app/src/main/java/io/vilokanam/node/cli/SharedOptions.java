package io.vilokanam.node.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import picocli.CommandLine.Option;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.log.LogSetup;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.rpc.backend.LogFilterException;

/** The flags that all commands on a chain share, as in sc-cli. */
final class SharedOptions {

    @Option(names = "--chain", paramLabel = "CHAIN_SPEC", description = "dev, local, whole-dev, whole-local, reference-dev, reference-local or the path of a chain spec.")
    private Optional<String> chain = Optional.empty();

    @Option(names = "--dev", description = "A development chain in memory: --chain dev, //Alice's keys, any web origin.")
    private boolean isDev;

    @Option(names = {"-d", "--base-path"}, paramLabel = "PATH", description = "Where chains are kept.")
    private Optional<Path> basePath = Optional.empty();

    @Option(names = {"-l",
            "--log"}, paramLabel = "LOG_PATTERN", arity = "1..*", description = "Levels of the log, TARGET=LEVEL,.., e.g. info,txpool=debug.")
    private List<String> log = new ArrayList<>();

    @Option(names = "--detailed-log-output", description = "Milliseconds, level, thread and target in each line of the log.")
    private boolean isLogDetailed;

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "text, or json: one JSON object a line. Default: text.")
    private LogSetup.Format format = LogSetup.Format.TEXT;

    @Option(names = "--disable-log-color", description = WithoutEffect.MARK + "the log has no colours.")
    private boolean isColourless;

    @Option(names = "--enable-log-reloading", description = WithoutEffect.MARK
            + "system_addLogFilter and system_resetLogFilter always work.")
    private boolean isReloading;

    @Option(names = "--tracing-targets", paramLabel = "TARGETS", description = WithoutEffect.MARK
            + "nothing is traced.")
    private Optional<String> tracingTargets = Optional.empty();

    @Option(names = "--tracing-receiver", paramLabel = "RECEIVER", completionCandidates = Choices.Tracing.class, description = WithoutEffect.MARK
            + "nothing is traced.")
    private Optional<String> tracingReceiver = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "A TOML file with flags, e.g. rpc-port = 9944. What the "
            + "command line or the environment says goes before it.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--profile", paramLabel = "PROFILE", description = "Flags for a kind of node: dev, validator, rpc, "
            + "archive or collector. All else goes before it.")
    private Optional<String> profile = Optional.empty();

    void startLog() throws LogFilterException {
        startLog(List.of());
    }

    /** Begins to log, first of all that some flags have no effect. */
    void startLog(List<String> notes) throws LogFilterException {
        LogSetup.start(String.join(",", log), isLogDetailed, format);
        NodeLog lines = new NodeLog();
        notes.forEach(lines::warn);
    }

    boolean isDev() {
        return isDev;
    }

    Optional<Path> givenBasePath() {
        return basePath;
    }

    ChainSpec spec(Chains chains) throws ChainSpecException {
        return chains.load(chain.orElse(isDev ? "dev" : ""));
    }

    /** The chain with its genesis state spelt out. */
    ChainSpec rawSpec(Chains chains) throws ChainSpecException, InterruptedException {
        boolean isDevelopment = chain.map("dev"::equals).orElse(isDev);
        return isDevelopment ? chains.development() : chains.raw(spec(chains));
    }

    /** The folder of a chain: {@code <base>/chains/<id>}. */
    Path folder(ChainSpec spec) {
        return folder(basePath, spec.id());
    }

    /** The folder of the chain of an id. */
    static Path folder(Optional<Path> basePath, String id) {
        return basePath.orElseGet(SharedOptions::dataFolder).resolve("chains").resolve(id);
    }

    /** Where the platform wants programs to keep their data. */
    private static Path dataFolder() {
        Path home = Path.of(System.getProperty("user.home"));
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve("vilokanam");
        }
        String xdg = System.getenv("XDG_DATA_HOME");
        return (xdg == null || xdg.isEmpty() ? home.resolve(".local").resolve("share") : Path.of(xdg))
                .resolve("vilokanam");
    }
}
