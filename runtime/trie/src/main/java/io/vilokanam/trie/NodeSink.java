package io.vilokanam.trie;

/**
 * Takes what a trie has not yet written to its store. Nothing of it may be modified, and all of it must be written before,
 * or in one batch with, anything that refers to the trie's root.
 */
public interface NodeSink {

    /** An encoded trie node with its blake2b-256 hash. */
    void node(byte[] hash, byte[] encoded);

    /** A value that is stored beside the trie, with its blake2b-256 hash. */
    void value(byte[] hash, byte[] value);
}
