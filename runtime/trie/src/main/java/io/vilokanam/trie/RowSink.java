package io.vilokanam.trie;

/**
 * Takes the rows that a trie has not yet written. All of them must be written before, or in one batch with, anything that
 * refers to the trie's root.
 */
@FunctionalInterface
public interface RowSink {

    /**
     * Takes a row, which nobody modifies any more.
     *
     * @return its address, above 0, that no row had before
     */
    long add(byte[] row);
}
