package io.vilokanam.trie;

/** A node that has not been read: its merkle value, always a hash, and where its row lies are all that is known. */
final class StoredNode extends Node {

    /** @param address where its row lies; {@link #NOT_WRITTEN} for a node of a {@link NodeStore} */
    StoredNode(byte[] source, int offset, long address) {
        merkle(source, offset, HASH_LENGTH);
        address(address);
    }
}
