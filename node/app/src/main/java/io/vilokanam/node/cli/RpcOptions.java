package io.vilokanam.node.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.rpc.server.IpNetwork;
import io.vilokanam.rpc.server.RateLimit;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;

/** The {@code --rpc-*} flags. */
final class RpcOptions {

    /** How long requests and answers may be where nothing is said. */
    static final int PAYLOAD_MEGABYTES = 15;
    private static final int MEGABYTE = 1 << 20;
    /** No array of the platform is longer. */
    private static final int BYTES_MAX = Integer.MAX_VALUE - 8;
    private static final int PORT = 9944;
    private static final int PORT_MAX = 0xffff;
    static final String ENDPOINT = "--experimental-rpc-endpoint";

    enum Methods {
        auto, safe, unsafe
    }

    /** What {@code --rpc-port} takes. */
    static final class Port implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            int port = Integer.parseInt(text);
            if (port < 0 || port > PORT_MAX) {
                throw new TypeConversionException(text + " is not in 0..=" + PORT_MAX);
            }
            return port;
        }
    }

    @Option(names = "--rpc-port", paramLabel = "PORT", converter = Port.class, description = "Port of JSON-RPC; another one if it is taken. Default: 9944.")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--rpc-external", description = "Listen on all interfaces; not for validators. Not all methods are for "
            + "strangers: put a proxy that filters before them.")
    private boolean isExternal;

    @Option(names = "--unsafe-rpc-external", description = "Listen on all interfaces, for validators too.")
    private boolean isUnsafeExternal;

    @Option(names = "--rpc-methods", paramLabel = "METHOD SET", description = "Which methods are offered: auto (all where only "
            + "this machine can reach them, else the safe ones), safe or unsafe (all). Default: auto.")
    private Methods methods = Methods.auto;

    @Option(names = "--rpc-rate-limit", paramLabel = "CALLS", description = "Calls a minute that a connection may make; more "
            + "wait. Default: no limit.")
    private Optional<Integer> rateLimit = Optional.empty();

    @Option(names = "--rpc-rate-limit-whitelisted-ips", paramLabel = "CIDR", arity = "1..*", description = "Addresses without limit, e.g. 10.0.0.0/8.")
    private List<String> exempt = new ArrayList<>();

    @Option(names = "--rpc-rate-limit-trust-proxy-headers", description = "Believe Forwarded, X-Forwarded-For and X-Real-IP "
            + "when looking for such an address.")
    private boolean areProxiesTrusted;

    @Option(names = "--rpc-cors", paramLabel = "ORIGINS", description = "Web origins that may call, separated by commas, or "
            + "all. Default: this machine and https://polkadot.js.org; all with --dev.")
    private Optional<String> cors = Optional.empty();

    @Option(names = "--rpc-max-connections", paramLabel = "COUNT", description = "Connections at one time. Default: 100.")
    private int connectionsMax = RpcLimits.STOCK.connectionsMax();

    @Option(names = "--rpc-max-request-size", paramLabel = "MB", description = "Length of a request. Default: 15.")
    private Optional<Integer> requestMegabytes = Optional.empty();

    @Option(names = "--rpc-max-response-size", paramLabel = "MB", description = "Length of an answer. Default: 15.")
    private Optional<Integer> responseMegabytes = Optional.empty();

    @Option(names = "--rpc-max-subscriptions-per-connection", paramLabel = "COUNT", description = "Subscriptions of a connection at one time. Default: 1024.")
    private Optional<Integer> subscriptionsMax = Optional.empty();

    @Option(names = "--rpc-message-buffer-capacity-per-connection", paramLabel = "COUNT", description = "Messages that wait "
            + "for a client; while there are more, nothing is read from it. Default: 64.")
    private Optional<Integer> messageBuffer = Optional.empty();

    @Option(names = {"--rpc-disable-batch-requests", "--rpc_no_batch_requests"}, description = "Refuse batches.")
    private boolean isWithoutBatches;

    @Option(names = "--rpc-max-batch-request-len", paramLabel = "LEN", description = "Calls in a batch. Default: no limit.")
    private Optional<Integer> batchLengthMax = Optional.empty();

    @Option(names = ENDPOINT, paramLabel = "listen-addr=IP:PORT,KEY=VALUE,..", arity = "1..*", description = {
            "Listen here, with limits of its own; may be given more than once, and instead of most flags above. Keys:",
            "listen-addr, cors (more than once), max-connections, max-request-size, max-response-size,",
            "max-subscriptions-per-connection, max-buffer-capacity-per-connection, rate-limit,",
            "rate-limit-trust-proxy-headers, rate-limit-whitelisted-ips (more than once), retry-random-port, methods,",
            "optional, disable-batch-requests, max-batch-request-len."})
    private List<String> endpoints = new ArrayList<>();

    /** What the flags come to; {@code isValidator}: whether to listen on all interfaces is a mistake. */
    NodeConfig.Rpc config(boolean isDev, boolean isValidator) throws UsageException {
        List<NodeConfig.Door> doors = new ArrayList<>();
        if (endpoints.isEmpty()) {
            doors.add(door(isDev, isValidator));
        } else {
            for (String endpoint : endpoints) {
                doors.add(RpcEndpointFlag.parse(endpoint));
            }
        }
        return new NodeConfig.Rpc(doors, new NodeConfig.Ticks(Optional.empty(), 0));
    }

    private NodeConfig.Door door(boolean isDev, boolean isValidator) throws UsageException {
        if (isExternal && isValidator && methods != Methods.unsafe) {
            throw new UsageException(
                    "--rpc-external option shouldn't be used if the node is running as a validator. Use "
                            + "`--unsafe-rpc-external` or `--rpc-methods=unsafe` if you understand the risks.");
        }
        int portOrStock = port.orElse(PORT);
        RpcLimits stock = RpcLimits.STOCK;
        RpcLimits limits = stock.withConnectionsMax(count("--rpc-max-connections", Optional.of(connectionsMax), 0))
                .withRequestBytesMax(bytes(count("--rpc-max-request-size", requestMegabytes, PAYLOAD_MEGABYTES)))
                .withResponseBytesMax(bytes(count("--rpc-max-response-size", responseMegabytes, PAYLOAD_MEGABYTES)))
                .withSubscriptionsPerConnectionMax(count("--rpc-max-subscriptions-per-connection", subscriptionsMax,
                        stock.subscriptionsPerConnectionMax()))
                .withMessageBuffer(count("--rpc-message-buffer-capacity-per-connection", messageBuffer,
                        stock.messageBuffer()))
                .withBatchLengthMax(isWithoutBatches ? 0
                        : count("--rpc-max-batch-request-len", batchLengthMax, stock.batchLengthMax()));
        boolean isForAll = isExternal || isUnsafeExternal;
        return new NodeConfig.Door(
                isForAll ? RpcServer.Endpoint.external(portOrStock) : RpcServer.Endpoint.loopback(portOrStock), limits,
                new RpcAccess(origins(isDev), switch (methods) {
                    case auto -> RpcAccess.Methods.AUTO;
                    case safe -> RpcAccess.Methods.SAFE;
                    case unsafe -> RpcAccess.Methods.UNSAFE;
                }, rate()));
    }

    /** Megabytes in bytes, as far as there are arrays of that length. */
    static int bytes(int megabytes) {
        return (int) Math.min(BYTES_MAX, (long) megabytes * MEGABYTE);
    }

    private static int count(String flag, Optional<Integer> given, int otherwise) throws UsageException {
        int count = given.orElse(otherwise);
        if (count < 0) {
            throw new UsageException(flag + " " + count + ": expected a number that is not negative");
        }
        return count;
    }

    private RateLimit rate() throws UsageException {
        if (rateLimit.orElse(1) < 1) {
            throw new UsageException("--rpc-rate-limit " + rateLimit.get() + ": expected at least 1");
        }
        List<IpNetwork> networks = new ArrayList<>();
        for (String text : exempt) {
            networks.add(network(text));
        }
        return new RateLimit(rateLimit.map(OptionalInt::of).orElseGet(OptionalInt::empty), networks, areProxiesTrusted);
    }

    static IpNetwork network(String text) throws UsageException {
        return IpNetwork.parse(text).orElseThrow(() -> new UsageException(
                "expected an address and how many of its bits count, e.g. 10.0.0.0/8"));
    }

    private Optional<List<String>> origins(boolean isDev) {
        if (cors.isEmpty()) {
            return isDev ? Optional.empty() : RpcAccess.STOCK.origins();
        }
        List<String> origins = Arrays.stream(cors.get().split(",")).map(String::strip).toList();
        return origins.contains("all") || origins.contains("*") ? Optional.empty() : Optional.of(origins);
    }
}
