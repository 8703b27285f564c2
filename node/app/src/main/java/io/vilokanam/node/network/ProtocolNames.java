package io.vilokanam.node.network;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a protocol is called when it is negotiated.
 *
 * @param main the name that is proposed first, such as {@code /<genesis>/sync/2}
 * @param fallbacks older names that are proposed after it and accepted as well
 */
public record ProtocolNames(String main, List<String> fallbacks) {

    public ProtocolNames {
        fallbacks = List.copyOf(fallbacks);
    }

    public static ProtocolNames of(String main, String... fallbacks) {
        return new ProtocolNames(main, List.of(fallbacks));
    }

    /** All names, the main one first. */
    public List<String> all() {
        return Stream.concat(Stream.of(main), fallbacks.stream()).toList();
    }
}
