package io.vilokanam.node.executing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.primitives.version.RuntimeVersion;

/** The runtimes that this program brings along, by spec name and spec version. */
public final class NativeRuntimes {

    private record Key(String specName, long specVersion) {
        @Override
        public String toString() {
            return specName + "-" + specVersion;
        }
    }

    private final Map<Key, ChainRuntime> runtimes = new LinkedHashMap<>();

    public NativeRuntimes(List<ChainRuntime> runtimes) {
        for (ChainRuntime runtime : runtimes) {
            this.runtimes.put(key(runtime.version()), runtime);
        }
    }

    private static Key key(RuntimeVersion version) {
        return new Key(version.specName(), version.specVersion());
    }

    /** The composition of exactly this name and version. */
    public Optional<ChainRuntime> find(RuntimeVersion version) {
        return Optional.ofNullable(runtimes.get(key(version)));
    }

    /** The names of all, for messages. */
    String names() {
        return runtimes.keySet().stream().map(Key::toString).collect(Collectors.joining(", "));
    }
}
