package io.vilokanam.node.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Option;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainType;
import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.service.NodeConfig;

/** The flags of the network, as in sc-cli. */
final class NetworkOptions {

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

    @Option(names = {"--max-parallel-downloads", "--max-blocks-per-request", "--network-backend",
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
                inboundPeers, lightPeers, !isPrivateForbidden && (isPrivateAllowed || isLocal));
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
