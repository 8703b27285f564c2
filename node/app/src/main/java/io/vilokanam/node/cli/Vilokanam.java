package io.vilokanam.node.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.vilokanam.node.chainspec.ChainSpec;
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
            "export-chain-spec", "export-state", "check-block", "revert", "chain-info", "sign", "verify", "vanity",
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
        int code = commandLine(arguments).execute(arguments);
        System.exit(code);
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
                    .addSubcommand(new ExportGenesisWasm()).addSubcommand(new ExportState())
                    .addSubcommand(new CheckBlock()).addSubcommand(new Revert()).addSubcommand(new ShowChain())
                    .addSubcommand(new Key())
                    .addSubcommand(new Sign()).addSubcommand(new Verify()).addSubcommand(new Vanity())
                    .addSubcommand(new PurgeChain()).addSubcommand(new TickCommand());
        }
        return line.setCaseInsensitiveEnumValuesAllowed(true).setParameterExceptionHandler((wrong, _) -> {
            PrintWriter err = wrong.getCommandLine().getErr();
            err.println("error: " + wrong.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
            err.println("For more information, try '--help'.");
            return CommandLine.ExitCode.USAGE;
        }).setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr().println("Error: " + CommandFailure.describe(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        NodeLog log = new NodeLog();
        Platform platform = Platform.ofMachine();
        ChainSpec spec = shared.rawSpec(chains);
        NodeConfig config = options.config(shared, rpc, ticks, network, spec, platform.random());
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
}
