package io.vilokanam.rpc.backend;

import java.util.Optional;
import java.util.SortedMap;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/** Hears what each imported block wrote to the main trie. */
@FunctionalInterface
public interface StorageListener {

    /** {@code changes}: every key that the block wrote, with its new value, or empty where it deleted the key. */
    void changed(Hash block, SortedMap<Bytes, Optional<Bytes>> changes);
}
