package io.vilokanam.trie;

/**
 * Where a state's nodes lie, by address. A row holds one node, the addresses of its children that are hashes, and the node's
 * value, also where the node holds its hash; {@link NodeView} shows the format. Once written, a row is never changed and its
 * address never used for another. Reads may come from several threads at once.
 */
@FunctionalInterface
public interface NodeRows {

    /** No rows at all: behind a trie that lives in memory alone. */
    NodeRows EMPTY = _ -> null;

    /** The row of an address; null if there is none. The caller must not modify the array. */
    byte[] row(long address);
}
