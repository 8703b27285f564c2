package io.vilokanam.node.chainspec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.scale.Bytes;

/** Where the first state of a chain comes from. */
public sealed interface Genesis {

    /** The state itself: keys and values of the main trie, and of child tries by their names without prefix. */
    record Raw(SortedMap<Bytes, Bytes> top, SortedMap<Bytes, SortedMap<Bytes, Bytes>> childrenDefault)
            implements Genesis {

        public Raw {
            top = Collections.unmodifiableSortedMap(new TreeMap<>(top));
            childrenDefault = Collections.unmodifiableSortedMap(new TreeMap<>(childrenDefault));
        }
    }

    /**
     * A runtime and what its {@code GenesisBuilder} makes the state of.
     *
     * @param code what stands under {@code :code}
     * @param config JSON: the whole configuration, or a patch of the runtime's default one
     */
    record ByRuntime(Bytes code, ObjectNode config, boolean isPatch) implements Genesis {}
}
