package io.vilokanam.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    private static final int PORT_MAX = 0xffff;

    @Option(names = "--port", paramLabel = "PORT", description = "Where peers reach this node by TCP and WebSocket. Default: 30333.")
    private int port = 30333;

    @Option(names = "--listen-addr", paramLabel = "ADDR", arity = "1..*", description = "Listen there instead, e.g. /ip4/127.0.0.1/tcp/30333.")
    private List<String> listen = new ArrayList<>();

    @Option(names = "--public-addr", paramLabel = "ADDR", arity = "1..*", description = "Where others reach this node, if that is elsewhere.")
    private List<String> announced = new ArrayList<>();

    @Option(names = "--bootnodes", paramLabel = "ADDR", arity = "1..*", description = "Peers to begin with, each with /p2p/ and its id.")
    private List<String> bootnodes = new ArrayList<>();

    @Option(names = "--reserved-nodes", paramLabel = "ADDR", arity = "1..*", description = "Peers that always have a place.")
    private List<String> reserved = new ArrayList<>();

    @Option(names = "--reserved-only", description = "Speak to reserved nodes alone.")
    private boolean isReservedOnly;

    @Option(names = "--out-peers", paramLabel = "COUNT", description = "Peers that this node seeks. Default: 8.")
    private int outboundPeers = 8;

    @Option(names = "--in-peers", paramLabel = "COUNT", description = "Peers that may come by themselves. Default: 32.")
    private int inboundPeers = 32;

    @Option(names = "--in-peers-light", paramLabel = "COUNT", description = "Light clients that may come. Default: 100.")
    private int lightPeers = 100;

    @Option(names = {"--allow-private-ip",
            "--allow-private-ipv4"}, description = "Tell others of private addresses. Always so on dev and local chains.")
    private boolean isPrivateAllowed;

    @Option(names = {"--no-private-ip", "--no-private-ipv4"}, description = "Never tell others of private addresses.")
    private boolean isPrivateForbidden;

    @Option(names = "--no-network", description = "Speak to nobody.")
    private boolean isOff;

    @Option(names = "--no-mdns", description = "Do not look for nodes of the same local network. They are looked for by mDNS on "
            + "dev and local chains, not with --dev.")
    private boolean isWithoutMdns;

    @Option(names = "--discover-local", description = "Look for nodes of the same local network on chains of any kind.")
    private boolean isLocalDiscovered;

    @Option(names = "--kademlia-disjoint-query-paths", description = WithoutEffect.MARK
            + "each peer is asked once in a query, by one path.")
    private boolean isDisjoint;

    @Option(names = "--kademlia-replication-factor", paramLabel = "COUNT", description = WithoutEffect.MARK
            + "this node stores no records of others. Default: 20.")
    private Optional<Integer> replication = Optional.empty();

    @Option(names = "--ipfs-server", description = WithoutEffect.MARK + "no transactions are served over Bitswap.")
    private boolean isIpfs;

    @Option(names = "--ipfs-bootnodes", paramLabel = "ADDR", arity = "1..*", description = WithoutEffect.MARK
            + "no transactions are served over Bitswap.")
    private List<String> ipfsBootnodes = new ArrayList<>();

    @Option(names = "--force-enable-webrtc", description = WithoutEffect.MARK + "peers are met over TCP and WebSocket.")
    private boolean isWebRtc;

    @Option(names = "--network-backend", paramLabel = "NETWORK_BACKEND", completionCandidates = Choices.Backend.class, description = WithoutEffect.MARK
            + "there is one network layer, which speaks with either.")
    private Optional<String> backend = Optional.empty();

    @Option(names = "--sync", paramLabel = "SYNC_MODE", converter = SyncModes.class, completionCandidates = Choices.Sync.class, description = "How a node without blocks gets the newest ones: full (all are executed), warp (a final one is proved, its state downloaded, what is before it not executed), fast (the same, with a single peer too), fast-unsafe (without proofs of the state's pages). Default: full.")
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

    /** Whether the node is to speak to others. */
    boolean isOn() {
        return !isOff;
    }

    NodeConfig.Networking config(ChainSpec spec, boolean isDev) throws UsageException {
        if (port < 0 || port > PORT_MAX) {
            throw new UsageException("--port " + port + ": expected 0 to " + PORT_MAX);
        }
        if (outboundPeers < 0 || inboundPeers < 0 || lightPeers < 0) {
            throw new UsageException("--out-peers, --in-peers and --in-peers-light cannot be negative");
        }
        List<String> places = listen.isEmpty() ? List.of("/ip4/0.0.0.0/tcp/" + port, "/ip6/::/tcp/" + port) : listen;
        List<String> known = new ArrayList<>(spec.bootNodes());
        known.addAll(bootnodes);
        boolean isLocal = spec.chainType() instanceof ChainType.Development
                || spec.chainType() instanceof ChainType.Local;
        return new NodeConfig.Networking(addresses("--listen-addr", places, false),
                addresses("--public-addr", announced, false), addresses("--bootnodes", known, true),
                addresses("--reserved-nodes", reserved, true), isReservedOnly, isReservedOnly ? 0 : outboundPeers,
                inboundPeers, lightPeers, !isPrivateForbidden && (isPrivateAllowed || isLocal), sync(),
                !isWithoutMdns && (isLocalDiscovered || isLocal && !isDev));
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
                addresses.add(address(text, needsPeer));
            } catch (AddressException | UsageException e) {
                throw new UsageException(option + " " + text + ": " + e.getMessage());
            }
        }
        return addresses;
    }

    /** An address, of somebody if {@code needsPeer}. */
    static Multiaddr address(String text, boolean needsPeer) throws AddressException, UsageException {
        Multiaddr address = Multiaddr.parse(text);
        if (needsPeer && address.peer().isEmpty()) {
            throw new UsageException("expected /p2p/ and a peer id at its end");
        }
        return address;
    }
}
