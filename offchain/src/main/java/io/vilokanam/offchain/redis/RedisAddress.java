package io.vilokanam.offchain.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where a Redis server is, and which of its databases to use. */
public record RedisAddress(String host, int port, int database) {

    private static final int PORT = 6_379;
    private static final int PORT_MAX = 65_535;

    /** {@code redis://host:port[/db]}; empty where it is something else. */
    public static Optional<RedisAddress> of(String text) {
        try {
            URI uri = new URI(text);
            String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
            boolean isFine = "redis".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null
                    && uri.getQuery() == null && uri.getPort() <= PORT_MAX && path.matches("[0-9]{0,4}");
            return isFine
                    ? Optional.of(new RedisAddress(uri.getHost().replaceAll("^\\[(.*)]$", "$1"),
                            uri.getPort() < 0 ? PORT : uri.getPort(), path.isEmpty() ? 0 : Integer.parseInt(path)))
                    : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }
}
