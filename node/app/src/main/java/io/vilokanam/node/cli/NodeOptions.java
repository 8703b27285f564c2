package io.vilokanam.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import picocli.CommandLine.Option;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainType;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.node.service.NodeIdentity;

/** The flags of the node itself. Those of stock nodes that mean nothing here are taken and have no effect. */
final class NodeOptions {

    private static final int NAME_LENGTH_MAX = 63;
    private static final int MEGABYTE = 1 << 20;

    @Option(names = "--validator", description = "Author blocks and vote on finality.")
    private boolean isValidator;

    @Option(names = "--force-authoring", description = "Author even when nobody is there.")
    private boolean isForced;

    @Option(names = "--name", paramLabel = "NAME", description = "What others see of this node. Default: a random name.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--alice", description = "--name Alice --validator, with the keys of //Alice.")
    private boolean alice;
    @Option(names = "--bob", description = "The same for //Bob.")
    private boolean bob;
    @Option(names = "--charlie", description = "The same for //Charlie.")
    private boolean charlie;
    @Option(names = "--dave", description = "The same for //Dave.")
    private boolean dave;
    @Option(names = "--eve", description = "The same for //Eve.")
    private boolean eve;
    @Option(names = "--ferdie", description = "The same for //Ferdie.")
    private boolean ferdie;
    @Option(names = "--one", description = "The same for //One.")
    private boolean one;
    @Option(names = "--two", description = "The same for //Two.")
    private boolean two;

    @Option(names = "--tmp", description = "Keep the chain in memory.")
    private boolean isTemporary;

    @Option(names = "--state-pruning", paramLabel = "N", description = "How many final states stay in memory. Default: 256. A chain on disk keeps all.")
    private String statePruning = "256";

    @Option(names = "--db-cache", paramLabel = "MiB", description = "Memory for what was read from disk. Default: 128.")
    private int databaseCache = 128;

    @Option(names = "--pool-limit", paramLabel = "COUNT", description = "Transactions that may wait for a block; a tenth of "
            + "that beside them for those that wait for others. Default: 8192.")
    private int poolLimit = 8192;

    @Option(names = "--pool-kbytes", paramLabel = "COUNT", description = "How long they may be together, in kilobytes; "
            + "again a tenth beside that. Default: 20480.")
    private int poolKilobytes = 20480;

    @Option(names = "--tx-ban-seconds", paramLabel = "SECONDS", description = "How long a refused transaction may not come back. Default: 1800, 0 for --dev.")
    private Optional<Long> banSeconds = Optional.empty();

    @Option(names = "--prometheus-port", paramLabel = "PORT", description = "Default: 9615.")
    private int metricsPort = 9615;

    @Option(names = "--prometheus-external", description = "Show metrics on all interfaces.")
    private boolean isMetricsExternal;

    @Option(names = "--no-prometheus", description = "Show no metrics.")
    private boolean isWithoutMetrics;

    @Option(names = "--keystore-path", paramLabel = "PATH", description = "Default: keystore in the chain's folder.")
    private Optional<Path> keystore = Optional.empty();

    @Option(names = "--password", paramLabel = "PASSWORD", description = "The password in the keystore's secret URIs.")
    private Optional<String> password = Optional.empty();

    @Option(names = "--password-filename", paramLabel = "PATH", description = "A file that holds it.")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(names = "--node-key", paramLabel = "HEX", description = "The node's secret key on the network.")
    private Optional<String> nodeKey = Optional.empty();

    @Option(names = "--node-key-file", paramLabel = "PATH", description = "A file that holds it, as 32 bytes or in hex.")
    private Optional<Path> nodeKeyFile = Optional.empty();

    @Option(names = {"--no-telemetry", "--no-grandpa",
            "--unsafe-force-node-key-generation"}, arity = "0", hidden = true)
    private List<Boolean> accepted = new ArrayList<>();

    @Option(names = {"--node-key-type", "--telemetry-url",
            "--blocks-pruning", "--keep-blocks", "--database", "--db", "--trie-cache-size", "--wasm-execution",
            "--wasmtime-instantiation-strategy", "--wasm-runtime-overrides", "--max-runtime-instances",
            "--runtime-cache-size", "--pool-type", "--offchain-worker", "--enable-offchain-indexing", "--execution",
            "--execution-block-construction", "--execution-import-block", "--execution-offchain-worker",
            "--execution-other", "--execution-syncing"}, arity = "1", hidden = true)
    private List<String> acceptedToo = new ArrayList<>();

    private List<String> accounts() {
        List<String> chosen = new ArrayList<>();
        boolean[] flags = {alice, bob, charlie, dave, eve, ferdie, one, two};
        String[] names = {"Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie", "One", "Two"};
        for (int i = 0; i < flags.length; i++) {
            if (flags[i]) {
                chosen.add(names[i]);
            }
        }
        return chosen;
    }

    /** What all flags come to; the spec's genesis is raw. */
    NodeConfig config(SharedOptions shared, RpcOptions rpc, TickOptions ticks, NetworkOptions network,
            ChainSpec spec, RandomGenerator random)
            throws UsageException, IOException {
        List<String> accounts = accounts();
        if (accounts.size() > 1) {
            throw new UsageException("only one of --alice, --bob, --charlie, --dave, --eve, --ferdie, --one, --two");
        }
        if (isTemporary && shared.givenBasePath().isPresent()) {
            throw new UsageException("--tmp cannot be used with --base-path");
        }
        if (shared.isDev() && accounts.isEmpty()) {
            accounts.add("Alice");
        }
        boolean isAuthority = isValidator || !accounts.isEmpty();
        boolean isInMemory = isTemporary || shared.isDev() && shared.givenBasePath().isEmpty();
        boolean isDevelopment = spec.chainType().equals(new ChainType.Development());
        Duration ban = Duration.ofSeconds(banSeconds.orElse(shared.isDev() ? 0L : 1800L));
        if (poolLimit < 0 || poolKilobytes < 0 || ban.isNegative()) {
            throw new UsageException("--pool-limit, --pool-kbytes and --tx-ban-seconds cannot be negative");
        }
        return new NodeConfig(spec, isInMemory ? Optional.empty() : Optional.of(shared.folder(spec)),
                name(accounts, random), isAuthority, accounts.stream().map(account -> "//" + account).toList(),
                isDevelopment, PoolOptions.of(poolLimit, poolKilobytes, ban, isAuthority), finalStates(),
                (long) databaseCache * MEGABYTE, keystore, password(), identity(),
                rpc.config(shared.isDev(), isAuthority).withTicks(ticks.config(shared.isDev())),
                new NodeConfig.Metrics(isWithoutMetrics ? Optional.empty() : Optional.of(metricsPort),
                        isMetricsExternal),
                network.isOn() ? Optional.of(network.config(spec)) : Optional.empty(), isForced || shared.isDev());
    }

    private int finalStates() throws UsageException {
        if (statePruning.startsWith("archive")) {
            return Integer.MAX_VALUE;
        }
        try {
            return Math.max(1, Integer.parseInt(statePruning));
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "--state-pruning " + statePruning + ": expected archive, archive-canonical or a number");
        }
    }

    private Optional<String> password() throws IOException {
        return passwordFile.isPresent() ? Optional.of(Files.readString(passwordFile.get()).strip()) : password;
    }

    private Optional<NodeIdentity> identity() throws UsageException, IOException {
        if (nodeKey.isEmpty() && nodeKeyFile.isPresent()) {
            return Optional.of(NodeIdentity.inFile(nodeKeyFile.get()));
        }
        if (nodeKey.isEmpty()) {
            return Optional.empty();
        }
        Optional<NodeIdentity> identity = NodeIdentity.ofHex(nodeKey.get());
        if (identity.isEmpty()) {
            throw new UsageException("Invalid node key: expected 64 hex digits");
        }
        return identity;
    }

    private String name(List<String> accounts, RandomGenerator random) throws UsageException {
        String chosen = name.or(() -> accounts.stream().findFirst()).orElseGet(() -> NodeNames.random(random));
        if (chosen.length() > NAME_LENGTH_MAX || chosen.matches(".*[.@\\\\].*|https?:.*")) {
            throw new UsageException("Invalid node name '" + chosen + "'. Reason: at most " + NAME_LENGTH_MAX
                    + " characters, none of . @ \\, no URL.");
        }
        return chosen;
    }
}
