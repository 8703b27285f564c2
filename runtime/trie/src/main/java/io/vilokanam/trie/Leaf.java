package io.vilokanam.trie;

/** The end of a path: a key and its value. */
final class Leaf extends Node {

    /** The whole key; nobody modifies it. */
    final byte[] key;
    /** Where this node's part of the key begins, in nibbles; it ends with the key. */
    final int start;
    /** {@code byte[]} or {@link StoredValue}. */
    final Object value;
    /** Whether the node holds its value's hash instead of the value. */
    final boolean isHashed;

    Leaf(byte[] key, int start, Object value, boolean isHashed) {
        this.key = key;
        this.start = start;
        this.value = value;
        this.isHashed = isHashed;
    }
}
