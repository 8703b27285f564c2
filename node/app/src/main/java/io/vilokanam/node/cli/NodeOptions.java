package io.vilokanam.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainType;
import io.vilokanam.node.keystore.SignerAddress;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.node.service.Operator;
import io.vilokanam.node.telemetry.TelemetryEndpoint;

/** The flags of the node itself. Those of stock nodes that mean nothing here are taken and say so. */
final class NodeOptions {

    private static final int NAME_LENGTH_MAX = 63;

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

    @Option(names = "--no-grandpa", description = "Neither vote on finality nor follow the votes of others.")
    private boolean isWithoutGrandpa;

    @Option(names = "--offchain-worker", paramLabel = "ENABLED", completionCandidates = Choices.OffchainWorker.class, description = "When "
            + "to run off-chain workers: always, never or when-authority. Words are settled wherever there is a tick key, "
            + "but for never. Default: when-authority.")
    private String offchainWorker = "when-authority";

    @Option(names = "--enable-offchain-indexing", paramLabel = "ENABLED", completionCandidates = Choices.Switch.class, description = "Whether "
            + "what runtimes write to the off-chain index (the validators of each session) is kept in the local storage of "
            + "off-chain workers. Default: false.")
    private String offchainIndexing = "false";

    @Option(names = "--pool-type", paramLabel = "POOL_TYPE", completionCandidates = Choices.Pool.class, description = WithoutEffect.MARK
            + "one pool knows all forks. Default: fork-aware.")
    private Optional<String> poolType = Optional.empty();

    @Option(names = "--transaction-storage-path", paramLabel = "PATH", description = WithoutEffect.MARK
            + "no transactions are stored beside the chain.")
    private Optional<Path> transactionStorage = Optional.empty();

    @Option(names = "--statement-store-filter-workers", paramLabel = "COUNT", description = WithoutEffect.MARK
            + "there is no statement store.")
    private Optional<Integer> statementWorkers = Optional.empty();

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

    @Option(names = "--no-telemetry", description = "Tell no telemetry server of this node.")
    private boolean isWithoutTelemetry;

    @Option(names = "--telemetry-url", paramLabel = "URL VERBOSITY", converter = TelemetryUrl.class, description = "A "
            + "telemetry server and how much it is told, 0 to 9, e.g. 'wss://host/submit 0'; more than one may be given. "
            + "Default: those of the chain spec.")
    private List<TelemetryEndpoint> telemetry = new ArrayList<>();

    @Option(names = "--double-sign-guard", paramLabel = "MODE", completionCandidates = Choices.Guard.class, description = "Whether a "
            + "validator listens for ten slots whether another node uses its keys, and ends if so, before it signs: off; "
            + "on: where it does not know what it signed or was away for longer than that; strict: always. Default: on "
            + "with --validator, off for development accounts.")
    private Optional<String> guard = Optional.empty();

    @Option(names = "--remote-signer", paramLabel = "ADDRESS", description = "Another process that holds more keys, "
            + "unix:PATH or tcp:HOST:PORT; see 'key serve'.")
    private Optional<String> signer = Optional.empty();

    @Mixin
    private KeystoreOptions keystore;

    @Mixin
    private NodeKeyOptions nodeKey;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private ExecutorOptions executor;

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
        // As with stock nodes, --dev brings the keys of //Alice and not her name.
        String chosenName = name(accounts, random);
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
        if (isValidator && !shared.isDev() && !isInMemory) {
            nodeKey.requireKeyOfValidator(shared.folder(spec));
        }
        Operator operator = new Operator(!isWithoutGrandpa, offchainWork(isAuthority),
                Boolean.parseBoolean(offchainIndexing), telemetry(spec),
                guard(shared.isDev()), new Operator.Keys(keystore.passphrase(), signer()));
        return new NodeConfig(spec, isInMemory ? Optional.empty() : Optional.of(shared.folder(spec)),
                chosenName, isAuthority, accounts.stream().map(account -> "//" + account).toList(),
                isDevelopment, PoolOptions.of(poolLimit, poolKilobytes, ban, isAuthority),
                database.keeping(!isInMemory), database.cacheBytes(), keystore.folder(), keystore.password(),
                nodeKey.given(random), rpc.config(shared.isDev(), isValidator).withTicks(ticks.config(shared.isDev())),
                new NodeConfig.Metrics(isWithoutMetrics ? Optional.empty() : Optional.of(metricsPort),
                        isMetricsExternal),
                network.isOn() ? Optional.of(network.config(spec, shared.isDev())) : Optional.empty(),
                isForced || shared.isDev(),
                operator);
    }

    private Operator.OffchainWork offchainWork(boolean isAuthority) {
        return switch (offchainWorker.toLowerCase(Locale.ROOT)) {
            case "always" -> Operator.OffchainWork.ALL;
            case "never" -> Operator.OffchainWork.NONE;
            default -> isAuthority ? Operator.OffchainWork.ALL : Operator.OffchainWork.SETTLING;
        };
    }

    private Operator.Guard guard(boolean isDev) {
        return switch (guard.orElse(isValidator && !isDev ? "on" : "off").toLowerCase(Locale.ROOT)) {
            case "on" -> Operator.Guard.ON;
            case "strict" -> Operator.Guard.STRICT;
            default -> Operator.Guard.OFF;
        };
    }

    private Optional<SignerAddress> signer() throws UsageException {
        if (signer.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(SignerAddress.parse(signer.get()).orElseThrow(() -> new UsageException(
                "--remote-signer " + signer.get() + ": expected unix:PATH or tcp:HOST:PORT")));
    }

    private List<TelemetryEndpoint> telemetry(ChainSpec spec) throws UsageException {
        if (isWithoutTelemetry) {
            return List.of();
        }
        return telemetry.isEmpty() ? TelemetryUrl.ofSpec(spec.telemetryEndpoints()) : telemetry;
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
