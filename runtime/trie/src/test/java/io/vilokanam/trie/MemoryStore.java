package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.HashMap;
import java.util.Map;

import io.vilokanam.crypto.hash.Blake2b;

/** A store in memory that checks what it is given and counts what is read. */
final class MemoryStore implements NodeStore, NodeSink {

    private final Map<HashKey, byte[]> stored = new HashMap<>();
    int reads;

    void add(byte[] bytes) {
        stored.put(HashKey.of(Blake2b.hash256(bytes), 0), bytes);
    }

    void remove(byte[] hash) {
        stored.remove(HashKey.of(hash, 0));
    }

    int size() {
        return stored.size();
    }

    @Override
    public byte[] node(byte[] hash) {
        reads++;
        return stored.get(HashKey.of(hash, 0));
    }

    @Override
    public void node(byte[] hash, byte[] encoded) {
        assertArrayEquals(Blake2b.hash256(encoded), hash);
        add(encoded);
    }

    @Override
    public void value(byte[] hash, byte[] value) {
        assertArrayEquals(Blake2b.hash256(value), hash);
        add(value);
    }
}
