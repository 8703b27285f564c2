package io.vilokanam.trie;

/**
 * Our own node store lacks a node or a value that the trie refers to, or holds broken bytes for it. The database is
 * damaged: nothing computed from it can be trusted, so the caller stops.
 */
public final class TrieStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TrieStoreException(String message) {
        super(message);
    }

    TrieStoreException(String message, TrieException cause) {
        super(message, cause);
    }
}
