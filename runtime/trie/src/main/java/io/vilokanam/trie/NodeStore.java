package io.vilokanam.trie;

/**
 * Where nodes and values of others lie, by their blake2b-256 hash: those of a proof. Both share one name space, as in
 * Substrate's state column. Reads may come from several threads at once.
 */
@FunctionalInterface
public interface NodeStore {

    /** A store without anything in it. */
    NodeStore EMPTY = hash -> null;

    /**
     * The encoded node, or the value, of this 32-byte hash; null if the store does not have it. The caller must not
     * modify the array.
     */
    byte[] node(byte[] hash);
}
