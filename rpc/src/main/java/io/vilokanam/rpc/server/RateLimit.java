package io.vilokanam.rpc.server;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * How often clients may call.
 *
 * @param callsPerMinute of each connection; none: as often as they like
 * @param exempt who may call as often as he likes nevertheless
 * @param areProxiesTrusted whether headers say who a client is; without, it is who has the connection
 */
public record RateLimit(OptionalInt callsPerMinute, List<IpNetwork> exempt, boolean areProxiesTrusted) {

    /** No limit. */
    public static final RateLimit NONE = new RateLimit(OptionalInt.empty(), List.of(), false);

    public RateLimit {
        exempt = List.copyOf(exempt);
    }

    /** The limit for a request from an address. */
    OptionalInt of(InetAddress remote, HttpHeaders headers) {
        InetAddress client = areProxiesTrusted ? proxied(headers).orElse(remote) : remote;
        return exempt.stream().anyMatch(network -> network.contains(client)) ? OptionalInt.empty() : callsPerMinute;
    }

    /** Whom proxies say a request comes from: the first of {@code Forwarded}, {@code X-Forwarded-For}, {@code X-Real-IP}. */
    private static Optional<InetAddress> proxied(HttpHeaders headers) {
        return Optional.ofNullable(headers.get("forwarded")).flatMap(RateLimit::forwarded)
                .or(() -> Optional.ofNullable(headers.get("x-forwarded-for"))
                        .flatMap(list -> IpNetwork.address(list.split(",")[0].strip())))
                .or(() -> Optional.ofNullable(headers.get("x-real-ip"))
                        .flatMap(text -> IpNetwork.address(text.strip())));
    }

    /** {@code for=192.0.2.60;proto=http, for="[2001:db8::1]:80"} (RFC 7239). */
    private static Optional<InetAddress> forwarded(String header) {
        for (String pair : header.split(",")[0].split(";")) {
            String[] sides = pair.strip().split("=", 2);
            if (sides.length == 2 && sides[0].strip().equalsIgnoreCase("for")) {
                String node = sides[1].strip().replace("\"", "");
                return IpNetwork.address(node.startsWith("[") ? node.substring(1, Math.max(1, node.indexOf(']')))
                        : node.replaceFirst("^([0-9.]+):[0-9]+$", "$1"));
            }
        }
        return Optional.empty();
    }
}
