package io.vilokanam.trie;

import java.util.HashMap;
import java.util.Map;

import io.vilokanam.crypto.hash.Blake2b;

/** The nodes of a proof in memory. */
final class MemoryStore implements NodeStore {

    private final Map<HashKey, byte[]> stored = new HashMap<>();

    void add(byte[] bytes) {
        stored.put(HashKey.of(Blake2b.hash256(bytes), 0), bytes);
    }

    @Override
    public byte[] node(byte[] hash) {
        return stored.get(HashKey.of(hash, 0));
    }
}
