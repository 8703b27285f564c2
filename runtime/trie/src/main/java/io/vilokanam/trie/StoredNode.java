package io.vilokanam.trie;

/** A node that has not been read from the store: its merkle value, always a hash, is all that is known. */
final class StoredNode extends Node {

    StoredNode(byte[] source, int offset) {
        merkle(source, offset, HASH_LENGTH);
        markPersisted();
    }
}
