package io.vilokanam.node.telemetry;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A telemetry server.
 *
 * @param uri {@code ws://} or {@code wss://}
 * @param verbosity how much it is told, 0 to 9: messages of a higher verbosity are not for it
 */
public record TelemetryEndpoint(URI uri, int verbosity) {

    private static final int VERBOSITY_MAX = 9;
    /** {@code /dns/host/tcp/443/x-parity-wss/%2Fsubmit%2F}, as chain specs name servers. */
    private static final Pattern MULTIADDR = Pattern
            .compile("/(?:dns|dns4|dns6|ip4|ip6)/([^/]+)/tcp/([0-9]{1,5})(?:/(?:x-parity-)?(wss?)(?:/([^/]*))?)?/?");

    /** A server by its URL or its multiaddress; empty where the text is neither, or the verbosity is not 0 to 9. */
    public static Optional<TelemetryEndpoint> of(String address, int verbosity) {
        if (verbosity < 0 || verbosity > VERBOSITY_MAX) {
            return Optional.empty();
        }
        Matcher multiaddr = MULTIADDR.matcher(address);
        String url = address;
        if (multiaddr.matches()) {
            String host = multiaddr.group(1).indexOf(':') >= 0 ? "[" + multiaddr.group(1) + "]" : multiaddr.group(1);
            String path = multiaddr.group(4) == null ? "" : multiaddr.group(4).replaceAll("(?i)%2F", "/");
            url = (multiaddr.group(3) == null ? "ws" : multiaddr.group(3)) + "://" + host + ":" + multiaddr.group(2)
                    + (path.startsWith("/") ? path : "/" + path);
        }
        if (!url.matches("wss?://[^\\s/]+(/\\S*)?")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TelemetryEndpoint(URI.create(url), verbosity));
        } catch (IllegalArgumentException noUri) {
            return Optional.empty();
        }
    }
}
