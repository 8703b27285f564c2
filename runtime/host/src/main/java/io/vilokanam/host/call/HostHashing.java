package io.vilokanam.host.call;

import java.util.List;

import io.vilokanam.api.Hashing;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Keccak;
import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.crypto.hash.Twox;
import io.vilokanam.trie.OrderedTrie;
import io.vilokanam.trie.TrieLayout;

/** The hash functions of the seam, on the JVM. Holds no state. */
public class HostHashing implements Hashing {

    @Override
    public byte[] blake2b128(byte[] input) {
        return Blake2b.hash128(input);
    }

    @Override
    public byte[] blake2b256(byte[] input) {
        return Blake2b.hash256(input);
    }

    @Override
    public byte[] blake2b512(byte[] input) {
        return Blake2b.hash512(input);
    }

    @Override
    public byte[] twox64(byte[] input) {
        return Twox.hash64(input);
    }

    @Override
    public byte[] twox128(byte[] input) {
        return Twox.hash128(input);
    }

    @Override
    public byte[] twox256(byte[] input) {
        return Twox.hash256(input);
    }

    @Override
    public byte[] keccak256(byte[] input) {
        return Keccak.hash256(input);
    }

    @Override
    public byte[] sha256(byte[] input) {
        return Sha2.hash256(input);
    }

    @Override
    public byte[] tickChain(byte[] salt, byte[] word, int steps) {
        return Sha2.chain(salt, word, steps);
    }

    @Override
    public byte[] orderedRoot(List<byte[]> values, int stateVersion) {
        return OrderedTrie.root(TrieLayout.ofStateVersion(stateVersion), values);
    }
}
