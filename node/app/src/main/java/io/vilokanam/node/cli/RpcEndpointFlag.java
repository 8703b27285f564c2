package io.vilokanam.node.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.rpc.server.IpNetwork;
import io.vilokanam.rpc.server.RateLimit;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;

/** Reads one {@code --experimental-rpc-endpoint}: {@code listen-addr=IP:PORT,KEY=VALUE,..}, as sc-cli does. */
final class RpcEndpointFlag {

    private static final String LISTEN = "listen-addr";
    private static final String CORS = "cors";
    private static final String EXEMPT = "rate-limit-whitelisted-ips";
    private static final String WITHOUT_BATCHES = "disable-batch-requests";
    private static final String BATCH_LENGTH = "max-batch-request-len";
    private static final Set<String> ONCE = Set.of(LISTEN, "max-connections", "max-request-size", "max-response-size",
            "max-subscriptions-per-connection", "max-buffer-capacity-per-connection", "rate-limit",
            "rate-limit-trust-proxy-headers", "retry-random-port", "methods", "optional", WITHOUT_BATCHES,
            BATCH_LENGTH);

    private final Map<String, String> once = new HashMap<>();
    private final List<String> origins = new ArrayList<>();
    private final List<IpNetwork> exempt = new ArrayList<>();

    private RpcEndpointFlag() {}

    static NodeConfig.Door parse(String text) throws UsageException {
        RpcEndpointFlag flag = new RpcEndpointFlag();
        for (String pair : text.split(",", -1)) {
            String[] sides = pair.split("=", 2);
            if (sides.length < 2) {
                throw new UsageException("`" + pair + "`, expects: `key=value`");
            }
            flag.take(sides[0].strip(), sides[1].strip());
        }
        return flag.door();
    }

    private void take(String key, String value) throws UsageException {
        switch (key) {
            case CORS -> {
                if (value.isEmpty()) {
                    throw wrong(key, value);
                }
                origins.add(value);
            }
            case EXEMPT -> exempt.add(IpNetwork.parse(value).orElseThrow(() -> wrong(key, value)));
            default -> {
                if (!ONCE.contains(key)) {
                    throw new UsageException("unknown key=`" + key + "`, see `--help` for available options");
                }
                if (once.put(key, value) != null) {
                    throw new UsageException("`" + key + "` is only allowed be specified once");
                }
            }
        }
    }

    private static UsageException wrong(String key, String value) {
        return new UsageException("value=`" + value + "` key=`" + key + "`");
    }

    private NodeConfig.Door door() throws UsageException {
        if (!once.containsKey(LISTEN)) {
            throw new UsageException("`listen-addr` must be specified exactly once");
        }
        if (isSet(WITHOUT_BATCHES) && once.containsKey(BATCH_LENGTH)) {
            throw new UsageException("`" + BATCH_LENGTH + "` and `" + WITHOUT_BATCHES
                    + "` are mutually exclusive and can't be used together");
        }
        RpcLimits stock = RpcLimits.STOCK;
        RpcLimits limits = stock.withConnectionsMax(number("max-connections").orElse(stock.connectionsMax()))
                .withRequestBytesMax(RpcOptions.bytes(number("max-request-size").orElse(RpcOptions.PAYLOAD_MEGABYTES)))
                .withResponseBytesMax(
                        RpcOptions.bytes(number("max-response-size").orElse(RpcOptions.PAYLOAD_MEGABYTES)))
                .withSubscriptionsPerConnectionMax(
                        number("max-subscriptions-per-connection").orElse(stock.subscriptionsPerConnectionMax()))
                .withMessageBuffer(number("max-buffer-capacity-per-connection").orElse(stock.messageBuffer()))
                .withBatchLengthMax(isSet(WITHOUT_BATCHES) ? 0 : number(BATCH_LENGTH).orElse(stock.batchLengthMax()));
        OptionalInt rate = number("rate-limit");
        if (rate.orElse(1) == 0) {
            throw wrong("rate-limit", "0");
        }
        RpcServer.Endpoint endpoint = new RpcServer.Endpoint(address(once.get(LISTEN)), Optional.empty(),
                isSet("retry-random-port"), isSet("optional"));
        return new NodeConfig.Door(endpoint, limits, new RpcAccess(
                origins.isEmpty() ? Optional.empty() : Optional.of(origins), methods(),
                new RateLimit(rate, exempt, isSet("rate-limit-trust-proxy-headers"))));
    }

    private RpcAccess.Methods methods() throws UsageException {
        String name = once.getOrDefault("methods", "auto");
        for (RpcAccess.Methods methods : RpcAccess.Methods.values()) {
            if (methods.name().toLowerCase(Locale.ROOT).equals(name)) {
                return methods;
            }
        }
        throw wrong("methods", name);
    }

    private boolean isSet(String key) throws UsageException {
        return switch (once.getOrDefault(key, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(key, once.get(key));
        };
    }

    private OptionalInt number(String key) throws UsageException {
        String value = once.get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.matches("[0-9]{1,10}") || Long.parseLong(value) > 0xffff_ffffL) {
            throw wrong(key, value);
        }
        return OptionalInt.of((int) Math.min(Integer.MAX_VALUE, Long.parseLong(value)));
    }

    /** {@code 127.0.0.1:9944} or {@code [::1]:9944}; names are not looked up. */
    private static InetSocketAddress address(String text) throws UsageException {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (!host.matches("[0-9.]+|\\[[0-9a-fA-F:.]+]") || !port.matches("[0-9]{1,5}")
                || Integer.parseInt(port) > 0xffff) {
            throw wrong(LISTEN, text);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(port));
        } catch (UnknownHostException e) {
            throw wrong(LISTEN, text);
        }
    }
}
