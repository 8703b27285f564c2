package io.vilokanam.node.rpc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/** The headers asked for last, so that they are not read from disk for each client. Safe for several threads. */
final class HeaderCache {

    static final int HEADERS_MAX = 1024;

    private final Map<Hash, Header> recent = new LinkedHashMap<>(HEADERS_MAX, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Header> eldest) {
            return size() > HEADERS_MAX;
        }
    };

    /** A header; {@code reading} is asked where it is not at hand. */
    Optional<Header> header(Hash block, Function<Hash, Optional<Header>> reading) {
        synchronized (recent) {
            Header known = recent.get(block);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<Header> read = reading.apply(block);
        read.ifPresent(header -> {
            synchronized (recent) {
                recent.put(block, header);
            }
        });
        return read;
    }
}
