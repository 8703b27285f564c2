package io.vilokanam.trie;

/** Foreign bytes are no trie node, or a proof lacks a node that a key needs. The message names what was found. */
public final class TrieException extends Exception {

    private static final long serialVersionUID = 1L;

    public TrieException(String message) {
        super(message);
    }
}
