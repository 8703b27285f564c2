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
import io.vilokanam.rpc.backend.LogFilterException;

/** The flags that all commands on a chain share, as in sc-cli. */
final class SharedOptions {

    @Option(names = "--chain", paramLabel = "CHAIN", description = "dev, local, reference-dev, reference-local or the path of a chain spec.")
    private Optional<String> chain = Optional.empty();

    @Option(names = "--dev", description = "A development chain in memory: --chain dev, //Alice's keys, any web origin.")
    private boolean isDev;

    @Option(names = {"-d", "--base-path"}, paramLabel = "PATH", description = "Where chains are kept.")
    private Optional<Path> basePath = Optional.empty();

    @Option(names = {"-l",
            "--log"}, paramLabel = "TARGET=LEVEL,..", description = "Levels of the log, e.g. info,txpool=debug.")
    private List<String> log = new ArrayList<>();

    @Option(names = "--detailed-log-output", description = "Milliseconds, level, thread and target in each line of the log.")
    private boolean isLogDetailed;

    @Option(names = {"--disable-log-color", "--enable-log-reloading"}, arity = "0", hidden = true)
    private List<Boolean> accepted = new ArrayList<>();

    @Option(names = {"--tracing-targets", "--tracing-receiver"}, arity = "1", hidden = true)
    private List<String> acceptedToo = new ArrayList<>();

    void startLog() throws LogFilterException {
        LogSetup.start(String.join(",", log), isLogDetailed);
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
        return basePath.orElseGet(SharedOptions::dataFolder).resolve("chains").resolve(spec.id());
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
