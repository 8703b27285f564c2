package io.vilokanam.node.cli;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import picocli.CommandLine.Option;

import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.offchain.listener.TickListenerOptions;
import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.offchain.redis.RedisAddress;

/** The {@code --tick-*} flags. */
final class TickOptions {

    private static final InetSocketAddress DEV = new InetSocketAddress("127.0.0.1", 9946);
    private static final String NOWHERE = "none";
    private static final int PORT_MAX = 65_535;

    @Option(names = "--tick-listen-addr", paramLabel = "HOST:PORT", description = "Take viewers' words as binary WebSocket messages there, or none. Default: none, 127.0.0.1:9946 for --dev.")
    private Optional<String> address = Optional.empty();

    @Option(names = "--tick-max-connections", paramLabel = "COUNT", description = "Default: 10000.")
    private int connectionsMax = TickListenerOptions.CONNECTIONS_STANDARD;

    @Option(names = "--tick-store", paramLabel = "URL", description = "Keep words there, to share them with other nodes: redis://HOST:PORT[/DB]. Default: beside the database, or in memory for --dev.")
    private Optional<String> store = Optional.empty();

    @Option(names = "--tick-share-with", paramLabel = "PEER_ID", description = "Pass words of viewers on to this node and take its words; it has to name this node too. May be given several times. Default: nobody.")
    private List<String> partners = new ArrayList<>();

    private Optional<RedisAddress> redis() throws UsageException {
        Optional<RedisAddress> redis = store.flatMap(RedisAddress::of);
        if (store.isPresent() && redis.isEmpty()) {
            throw new UsageException(
                    "--tick-store " + store.get() + ": expected redis://HOST:PORT or redis://HOST:PORT/DB");
        }
        return redis;
    }

    private Set<PeerId> sharedWith() throws UsageException {
        Set<PeerId> peers = new HashSet<>();
        for (String text : partners) {
            try {
                peers.add(PeerId.parse(text));
            } catch (AddressException e) {
                throw new UsageException(
                        "--tick-share-with " + text + ": expected a peer id like 12D3KooW..., " + e.getMessage());
            }
        }
        return peers;
    }

    NodeConfig.Ticks config(boolean isDev) throws UsageException {
        if (connectionsMax < 1) {
            throw new UsageException("--tick-max-connections " + connectionsMax + ": expected 1 or more");
        }
        return new NodeConfig.Ticks(place(isDev), connectionsMax, redis(), sharedWith());
    }

    private Optional<InetSocketAddress> place(boolean isDev) throws UsageException {
        if (address.isEmpty()) {
            return isDev ? Optional.of(DEV) : Optional.empty();
        }
        return address.get().equals(NOWHERE) ? Optional.empty() : Optional.of(socket(address.get()));
    }

    /** {@code 127.0.0.1:9946}, {@code [::1]:9946}; port 0 for any free one. */
    private static InetSocketAddress socket(String text) throws UsageException {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(0, colon)).replaceAll("^\\[(.*)]$", "$1");
        String port = text.substring(colon + 1);
        boolean isPort = port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= PORT_MAX;
        if (host.isEmpty() || !isPort) {
            throw new UsageException(
                    "--tick-listen-addr " + text + ": expected HOST:PORT like 127.0.0.1:9946, or none");
        }
        InetSocketAddress socket = new InetSocketAddress(host, Integer.parseInt(port));
        if (socket.isUnresolved()) {
            throw new UsageException("--tick-listen-addr " + text + ": the host is not known");
        }
        return socket;
    }
}
