package io.vilokanam.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import picocli.CommandLine;
import picocli.CommandLine.Option;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainType;
import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.initial.SyncMode;
import io.vilokanam.node.service.NodeConfig;

/** The flags of the network, as in sc-cli. */
final class NetworkOptions {

    /** No peer answers with more blocks. */
    private static final int BLOCKS_MAX = 128;

    @Option(names = "--port", paramLabel = "PORT", description = "Where peers reach this node by TCP and WebSocket. Default: 30333.")
    private int port = 30333;

    @Option(names = "--listen-addr", paramLabel = "ADDRESS", arity = "1..*", description = "Listen there instead, e.g. /ip4/127.0.0.1/tcp/30333.")
    private List<String> listen = new ArrayList<>();

    @Option(names = "--public-addr", paramLabel = "ADDRESS", arity = "1..*", description = "Where others reach this node, if that is elsewhere.")
    private List<String> announced = new ArrayList<>();

    @Option(names = "--bootnodes", paramLabel = "ADDRESS", arity = "1..*", description = "Peers to begin with, each with /p2p/ and its id.")
    private List<String> bootnodes = new ArrayList<>();

    @Option(names = "--reserved-nodes", paramLabel = "ADDRESS", arity = "1..*", description = "Peers that always have a place.")
    private List<String> reserved = new ArrayList<>();

    @Option(names = "--reserved-only", description = "Speak to reserved nodes alone.")
    private boolean isReservedOnly;

    @Option(names = "--out-peers", paramLabel = "COUNT", description = "Peers that this node seeks. Default: 8.")
    private int outboundPeers = 8;

    @Option(names = "--in-peers", paramLabel = "COUNT", description = "Peers that may come by themselves. Default: 32.")
    private int inboundPeers = 32;

    @Option(names = "--in-peers-light", paramLabel = "COUNT", description = "Light clients that may come. Default: 100.")
    private int lightPeers = 100;

    @Option(names = "--allow-private-ip", description = "Tell others of private addresses. Always so on dev and local chains.")
    private boolean isPrivateAllowed;

    @Option(names = "--no-private-ip", description = "Never tell others of private addresses.")
    private boolean isPrivateForbidden;

    @Option(names = "--no-network", description = "Speak to nobody.")
    private boolean isOff;

    @Option(names = {"--no-mdns", "--discover-local", "--kademlia-disjoint-query-paths",
            "--ipfs-server"}, arity = "0", hidden = true)
    private List<Boolean> accepted = new ArrayList<>();

    @Option(names = "--sync", paramLabel = "MODE", converter = SyncModes.class, description = "How a node without blocks gets the newest ones: full (all are executed), warp (a final one is proved, its state downloaded, what is before it not executed), fast (the same, with a single peer too), fast-unsafe (without proofs of the state's pages). Default: full.")
    private SyncMode mode = SyncMode.FULL;

    @Option(names = "--max-parallel-downloads", paramLabel = "COUNT", description = "Peers that are asked for blocks at a time. Default: 5.")
    private int downloadsMax = 5;

    @Option(names = "--max-blocks-per-request", paramLabel = "COUNT", description = "Blocks that one of them is asked for, up to 128. Default: 64.")
    private int blocksMax = 64;

    /** As sc-cli writes them. */
    static final class SyncModes implements CommandLine.ITypeConverter<SyncMode> {
        @Override
        public SyncMode convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "full" -> SyncMode.FULL;
                case "fast" -> SyncMode.FAST;
                case "fast-unsafe" -> SyncMode.FAST_UNSAFE;
                case "warp" -> SyncMode.WARP;
                default -> throw new CommandLine.TypeConversionException(
                        "'" + text + "': expected full, fast, fast-unsafe or warp");
            };
        }
    }

    @Option(names = {"--network-backend",
            "--kademlia-replication-factor"}, arity = "1", hidden = true)
    private List<String> acceptedToo = new ArrayList<>();

    /** Whether the node is to speak to others. */
    boolean isOn() {
        return !isOff;
    }

    NodeConfig.Networking config(ChainSpec spec) throws UsageException {
        List<String> places = listen.isEmpty() ? List.of("/ip4/0.0.0.0/tcp/" + port, "/ip6/::/tcp/" + port) : listen;
        List<String> known = new ArrayList<>(spec.bootNodes());
        known.addAll(bootnodes);
        boolean isLocal = spec.chainType() instanceof ChainType.Development
                || spec.chainType() instanceof ChainType.Local;
        return new NodeConfig.Networking(addresses("--listen-addr", places, false),
                addresses("--public-addr", announced, false), addresses("--bootnodes", known, true),
                addresses("--reserved-nodes", reserved, true), isReservedOnly, isReservedOnly ? 0 : outboundPeers,
                inboundPeers, lightPeers, !isPrivateForbidden && (isPrivateAllowed || isLocal), sync());
    }

    private NodeConfig.Sync sync() throws UsageException {
        if (downloadsMax < 1 || blocksMax < 1 || blocksMax > BLOCKS_MAX) {
            throw new UsageException(
                    "--max-parallel-downloads " + downloadsMax + " and --max-blocks-per-request " + blocksMax
                            + ": expected at least 1, and at most " + BLOCKS_MAX + " blocks");
        }
        return new NodeConfig.Sync(mode, downloadsMax, blocksMax);
    }

    private static List<Multiaddr> addresses(String option, List<String> texts, boolean needsPeer)
            throws UsageException {
        List<Multiaddr> addresses = new ArrayList<>();
        for (String text : texts) {
            try {
                Multiaddr address = Multiaddr.parse(text);
                if (needsPeer && address.peer().isEmpty()) {
                    throw new UsageException(option + " " + text + ": expected /p2p/ and a peer id at its end");
                }
                addresses.add(address);
            } catch (AddressException e) {
                throw new UsageException(option + " " + text + ": " + e.getMessage());
            }
        }
        return addresses;
    }
}
