package io.vilokanam.node.cli;

import java.util.List;
import java.util.Optional;

import picocli.CommandLine.Option;

import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;

/** The {@code --rpc-*} flags. */
final class RpcOptions {

    private static final int MEGABYTE = 1 << 20;

    enum Methods {
        auto, safe, unsafe
    }

    @Option(names = "--rpc-port", paramLabel = "PORT", description = "Port of JSON-RPC. Default: 9944.")
    private int port = 9944;

    @Option(names = "--rpc-external", description = "Listen on all interfaces; not for validators.")
    private boolean isExternal;

    @Option(names = "--unsafe-rpc-external", description = "Listen on all interfaces, for validators too.")
    private boolean isUnsafeExternal;

    @Option(names = "--rpc-methods", paramLabel = "METHODS", description = "auto, safe or unsafe. Default: auto.")
    private Methods methods = Methods.auto;

    @Option(names = "--rpc-cors", paramLabel = "ORIGINS", split = ",", description = "Web origins that may call, or all.")
    private List<String> cors = List.of();

    @Option(names = "--rpc-max-connections", paramLabel = "COUNT", description = "Default: 100.")
    private int connectionsMax = 100;

    @Option(names = "--rpc-max-request-size", paramLabel = "MB", description = "Default: 15.")
    private int requestMegabytes = 15;

    @Option(names = "--rpc-max-response-size", paramLabel = "MB", description = "Default: 15.")
    private int responseMegabytes = 15;

    @Option(names = "--rpc-max-subscriptions-per-connection", paramLabel = "COUNT", description = "Default: 1024.")
    private int subscriptionsMax = 1024;

    @Option(names = "--rpc-message-buffer-capacity-per-connection", paramLabel = "COUNT", description = "Default: 64.")
    private int messageBuffer = 64;

    @Option(names = "--rpc-disable-batch-requests", description = "Refuse batches.")
    private boolean isWithoutBatches;

    @Option(names = "--rpc-max-batch-request-len", paramLabel = "LENGTH", description = "Default: no limit.")
    private int batchLengthMax = Integer.MAX_VALUE;

    @Option(names = "--rpc-rate-limit", paramLabel = "CALLS", hidden = true)
    private Optional<Integer> rateLimit = Optional.empty();

    /** What the flags come to; {@code isAuthority} decides whether to listen on all interfaces is a mistake. */
    NodeConfig.Rpc config(boolean isDev, boolean isAuthority) throws UsageException {
        if (isExternal && isAuthority && methods != Methods.unsafe) {
            throw new UsageException("--rpc-external option shouldn't be used if the node is running as a validator. Use "
                    + "`--unsafe-rpc-external` or `--rpc-methods=unsafe` if you understand the risks.");
        }
        if (rateLimit.isPresent()) {
            throw new UsageException("--rpc-rate-limit: this node does not limit the rate of calls; use "
                    + "--rpc-max-connections, or a proxy that does");
        }
        boolean external = isExternal || isUnsafeExternal;
        RpcLimits limits = RpcLimits.STOCK.withConnectionsMax(connectionsMax)
                .withRequestBytesMax(requestMegabytes * MEGABYTE).withResponseBytesMax(responseMegabytes * MEGABYTE)
                .withSubscriptionsPerConnectionMax(subscriptionsMax).withMessageBuffer(messageBuffer)
                .withBatchLengthMax(isWithoutBatches ? 0 : batchLengthMax);
        return new NodeConfig.Rpc(external ? RpcServer.Endpoint.external(port) : RpcServer.Endpoint.loopback(port), limits,
                new RpcAccess(origins(isDev), switch (methods) {
                    case auto -> RpcAccess.Methods.AUTO;
                    case safe -> RpcAccess.Methods.SAFE;
                    case unsafe -> RpcAccess.Methods.UNSAFE;
                }));
    }

    private Optional<List<String>> origins(boolean isDev) {
        if (cors.equals(List.of("all")) || isDev && cors.isEmpty()) {
            return Optional.empty();
        }
        return cors.isEmpty() ? RpcAccess.STOCK.origins() : Optional.of(cors);
    }
}
