package io.vilokanam.trie;

/** A node with children, at least one; and with a value if a key ends here. */
final class Branch extends Node {

    /** A key that begins with the path through this node; longer than that where it is shared with a node below. */
    final byte[] key;
    /** This node's part of the path, in nibbles. */
    final int start;
    final int end;
    /** {@code byte[]} or {@link StoredValue}, or null if no key ends here. */
    final Object value;
    final boolean isHashed;
    /** Bit n is set if there is a child for nibble n. */
    final char bitmap;
    /**
     * The children there are, in the order of their nibbles. A {@link StoredNode} is replaced by what it stands for when it
     * is first needed: by a plain write, as all that the other threads need of the new node is final in it.
     */
    final Node[] children;

    Branch(byte[] key, int start, int end, Object value, boolean isHashed, char bitmap, Node[] children) {
        this.key = key;
        this.start = start;
        this.end = end;
        this.value = value;
        this.isHashed = isHashed;
        this.bitmap = bitmap;
        this.children = children;
    }

    boolean hasChild(int nibble) {
        return (bitmap >>> nibble & 1) != 0;
    }

    /** Where in {@link #children} the child of this nibble stands, or would stand. */
    int slot(int nibble) {
        return Integer.bitCount(bitmap & (1 << nibble) - 1);
    }
}
