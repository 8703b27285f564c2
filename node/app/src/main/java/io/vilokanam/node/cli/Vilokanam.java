package io.vilokanam.node.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.cli.settings.Layers;
import io.vilokanam.node.cli.settings.SettingsException;
import io.vilokanam.node.cli.tick.TickCommand;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.rpc.NodeAnswers;
import io.vilokanam.node.service.LibP2pNetworks;
import io.vilokanam.node.service.Node;
import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.node.service.Platform;

/** The program: without a subcommand it runs a node. */
@Command(name = "vilokanam", mixinStandardHelpOptions = true, version = "vilokanam "
        + NodeAnswers.VERSION, sortOptions = false, description = "A Substrate-compatible node in Java.")
public final class Vilokanam implements Callable<Integer> {

    /** The names of all subcommands, and what lists them. */
    private static final Set<String> NEEDING_SUBCOMMANDS = Set.of("import-blocks", "export-blocks", "build-spec",
            "export-chain-spec", "export-state", "config", "benchmark", "help", "check-block", "revert", "chain-info",
            "sign", "verify", "vanity",
            "export-genesis-wasm", "key", "purge-chain", "tick", "-h", "--help");

    private final Chains chains = new Chains();

    @Mixin
    private SharedOptions shared;

    @Mixin
    private RpcOptions rpc;

    @Mixin
    private TickOptions ticks;

    @Mixin
    private NetworkOptions network;

    @Mixin
    private NodeOptions options;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Netty would begin to record flights with its first buffer: a tenth of a second before the first answer, for nobody.
        System.getProperties().putIfAbsent("io.netty.jfr.enabled", "false");
        System.exit(run(commandLine(arguments), System.getenv(), arguments));
    }

    /** Runs a command with what the environment and config files add to its arguments; answers the exit code. */
    static int run(CommandLine line, Map<String, String> environment, String... arguments) {
        CommandLine command = line;
        for (String argument : arguments) {
            command = command.getSubcommands().getOrDefault(argument, command);
        }
        if (command.getCommandSpec().findOption("--config") == null) {
            return line.execute(arguments);
        }
        try {
            List<String> all = new ArrayList<>(List.of(arguments));
            Layers layers = Layers.read(command.getCommandSpec(), line.getCommandSpec(), all, environment,
                    Contradictions::contradict);
            int end = all.indexOf("--");
            all.addAll(end < 0 ? all.size() : end, layers.arguments());
            layers.warnings().forEach(line.getErr()::println);
            return line.execute(all.toArray(String[]::new));
        } catch (SettingsException e) {
            line.getErr().println("error: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    /**
     * The command line for some arguments; errors are told in one line. Reading what subcommands there are takes longer than
     * starting a node: that is left out where no argument can be one, nor asks for help.
     */
    static CommandLine commandLine(String... arguments) {
        Vilokanam program = new Vilokanam();
        List<String> all = List.of(arguments);
        if (all.contains("--dev") && all.stream().noneMatch(NEEDING_SUBCOMMANDS::contains)) {
            program.chains.beginDevelopment();
        }
        CommandLine line = new CommandLine(program);
        if (all.stream().anyMatch(NEEDING_SUBCOMMANDS::contains)) {
            line.addSubcommand(new ImportBlocks()).addSubcommand(new ExportBlocks()).addSubcommand(new BuildSpec())
                    .addSubcommand(new ExportChainSpec())
                    .addSubcommand(new ExportGenesisWasm()).addSubcommand(new ExportState())
                    .addSubcommand(new CheckBlock()).addSubcommand(new Revert()).addSubcommand(new ShowChain())
                    .addSubcommand(new Key())
                    .addSubcommand(new Sign()).addSubcommand(new Verify()).addSubcommand(new Vanity())
                    .addSubcommand(new PurgeChain()).addSubcommand(new TickCommand())
                    .addSubcommand(new Config()).addSubcommand(new Benchmark())
                    .addSubcommand(new CommandLine.HelpCommand());
        }
        return configured(line);
    }

    /** Makes a command line speak as stock nodes do. */
    static CommandLine configured(CommandLine line) {
        return line.setCaseInsensitiveEnumValuesAllowed(true).setExecutionStrategy(parsed -> {
            UsageErrors.check(parsed);
            return new CommandLine.RunLast().execute(parsed);
        }).setParameterExceptionHandler((wrong, _) -> UsageErrors.print(wrong))
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (failure instanceof CommandLine.ParameterException wrong) {
                        return UsageErrors.print(wrong);
                    }
                    command.getErr().println("Error: " + CommandFailure.describe(failure));
                    return failure instanceof SettingsException ? CommandLine.ExitCode.USAGE
                            : CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        shared.startLog(WithoutEffect.notes(command.commandLine().getParseResult()));
        NodeLog log = new NodeLog();
        Platform platform = Platform.ofMachine();
        NodeConfig config = config(platform.random());
        ChainSpec spec = config.spec();
        log.starting(new NodeLog.Greeting("Vilokanam Node", NodeAnswers.VERSION, spec.name(), config.name(),
                config.isAuthority() ? "AUTHORITY" : "FULL",
                config.folder().map(folder -> "RocksDb at " + folder.resolve("db").resolve("full"))
                        .orElse("in memory")));
        Node node = Node.start(config, chains.runtimes(), platform, log,
                new LibP2pNetworks(platform, log::essentialFailed));
        AtomicBoolean hasFailed = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
            node.close();
            if (!hasFailed.get()) {
                // Ended by a signal: that is success to whoever supervises a node, as with stock nodes.
                Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
            }
        }));
        node.awaitFailure();
        hasFailed.set(true);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What all flags come to. */
    NodeConfig config(RandomGenerator random)
            throws ChainSpecException, InterruptedException, UsageException, IOException {
        return options.config(shared, rpc, ticks, network, shared.rawSpec(chains), random);
    }
}
