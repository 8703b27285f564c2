package io.vilokanam.rpc.server;

import java.util.List;
import java.util.Optional;

/**
 * Who may call a server.
 *
 * @param origins the web origins that browsers may call from; empty: any, and then any {@code Host} header too
 * @param methods whether methods that are not for strangers may be called
 * @param rate how often
 */
public record RpcAccess(Optional<List<String>> origins, Methods methods, RateLimit rate) {

    /** Which methods are offered. */
    public enum Methods {
        /** All where the server listens on a loopback address, else the safe ones. */
        AUTO, SAFE, UNSAFE
    }

    /** As with {@code --dev}. */
    public static final RpcAccess DEVELOPMENT = new RpcAccess(Optional.empty(), Methods.AUTO);

    /** As without any flag. A port of {@code *} is taken literally, as a stock node does. */
    public static final RpcAccess STOCK = new RpcAccess(Optional.of(List.of("http://localhost:*", "http://127.0.0.1:*",
            "https://localhost:*", "https://127.0.0.1:*", "https://polkadot.js.org")), Methods.AUTO);

    /** As often as they like. */
    public RpcAccess(Optional<List<String>> origins, Methods methods) {
        this(origins, methods, RateLimit.NONE);
    }

    public RpcAccess {
        origins = origins.map(List::copyOf);
    }

    boolean isUnsafeAllowed(boolean isLoopback) {
        return switch (methods) {
            case AUTO -> isLoopback;
            case SAFE -> false;
            case UNSAFE -> true;
        };
    }

    boolean isHostAllowed(Optional<String> host, int port) {
        if (origins.isEmpty()) {
            return true;
        }
        return host.filter(name -> name.equalsIgnoreCase("localhost:" + port) || name.equals("127.0.0.1:" + port)
                || name.equals("[::1]:" + port)).isPresent();
    }

    /** What {@code access-control-allow-origin} says to a request from an origin; empty: nothing. */
    Optional<String> allowOrigin(Optional<String> origin) {
        if (origins.isEmpty()) {
            return Optional.of("*");
        }
        return origin.filter(origins.get()::contains);
    }

    boolean isAnyOriginAllowed() {
        return origins.isEmpty();
    }
}
