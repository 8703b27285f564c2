package io.vilokanam.api;

import java.util.List;

/** The hash functions of the host ({@code ext_hashing}). */
public interface Hashing {

    byte[] blake2b128(byte[] input);

    byte[] blake2b256(byte[] input);

    /** The checksum of addresses; no host function of the reference, a Wasm build brings its own. */
    byte[] blake2b512(byte[] input);

    /** xxHash64 with seed 0, little endian. */
    byte[] twox64(byte[] input);

    /** xxHash64 with seeds 0 and 1, each little endian. */
    byte[] twox128(byte[] input);

    /** xxHash64 with seeds 0 to 3, each little endian. */
    byte[] twox256(byte[] input);

    byte[] keccak256(byte[] input);

    byte[] sha256(byte[] input);

    /**
     * Walks a hash chain of tick-stream: applies {@code w = sha2_256(salt ‖ w)} to {@code word} so many times. {@code salt}
     * has 16 bytes, {@code word} 32.
     */
    byte[] tickChain(byte[] salt, byte[] word, int steps);

    /**
     * The root of a trie whose keys are the compact indices of {@code values} (the extrinsics root).
     *
     * @param stateVersion 0 or 1: the trie layout
     */
    byte[] orderedRoot(List<byte[]> values, int stateVersion);
}
