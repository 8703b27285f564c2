package io.vilokanam.trie;

/** A value beside the trie of which the hash is known; it is read from the store when first needed. */
final class StoredValue {

    final byte[] hash;
    private volatile byte[] bytes;

    StoredValue(byte[] hash) {
        this.hash = hash;
    }

    byte[] bytes(NodeStore store) {
        byte[] known = bytes;
        if (known == null) {
            known = store.node(hash);
            if (known == null) {
                throw new TrieStoreException("the store lacks the value " + NodeView.hex(hash));
            }
            bytes = known;
        }
        return known;
    }
}
