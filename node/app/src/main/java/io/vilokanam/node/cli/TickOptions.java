package io.vilokanam.node.cli;

import java.net.InetSocketAddress;
import java.util.Optional;

import picocli.CommandLine.Option;

import io.vilokanam.node.offchain.listener.TickListenerOptions;
import io.vilokanam.node.service.NodeConfig;

/** The {@code --tick-*} flags. */
final class TickOptions {

    private static final InetSocketAddress DEV = new InetSocketAddress("127.0.0.1", 9946);
    private static final String NOWHERE = "none";
    private static final int PORT_MAX = 65_535;

    @Option(names = "--tick-listen-addr", paramLabel = "HOST:PORT", description = "Take viewers' words as binary WebSocket messages there, or none. Default: none, 127.0.0.1:9946 for --dev.")
    private Optional<String> address = Optional.empty();

    @Option(names = "--tick-max-connections", paramLabel = "COUNT", description = "Default: 10000.")
    private int connectionsMax = TickListenerOptions.CONNECTIONS_STANDARD;

    NodeConfig.Ticks config(boolean isDev) throws UsageException {
        if (connectionsMax < 1) {
            throw new UsageException("--tick-max-connections " + connectionsMax + ": expected 1 or more");
        }
        if (address.isEmpty()) {
            return new NodeConfig.Ticks(isDev ? Optional.of(DEV) : Optional.empty(), connectionsMax);
        }
        return new NodeConfig.Ticks(
                address.get().equals(NOWHERE) ? Optional.empty() : Optional.of(socket(address.get())),
                connectionsMax);
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
