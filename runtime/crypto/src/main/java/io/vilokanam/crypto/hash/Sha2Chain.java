package io.vilokanam.crypto.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * Walks tick chains, {@code word = sha2_256(salt || word)}: each step hashes 48 bytes, one block. For whoever checks
 * millions of words, as it makes its digest once; one object belongs to one thread.
 */
public final class Sha2Chain {

    /** Bytes of a chain's salt. */
    public static final int SALT = 16;
    /** Bytes of a word. */
    public static final int WORD = 32;

    private final MessageDigest digest = Sha2.digest("SHA-256");
    private final byte[] block = new byte[SALT + WORD];

    /**
     * The word that {@code steps} steps from {@code word} reach.
     *
     * @param salt 16 bytes
     * @param word 32 bytes, not changed
     * @param steps 0 or more; the caller sets the bound
     */
    public byte[] walk(byte[] salt, byte[] word, int steps) {
        if (salt.length != SALT || word.length != WORD) {
            throw new IllegalArgumentException("salt of " + salt.length + " bytes and word of " + word.length
                    + " bytes, expected " + SALT + " and " + WORD);
        }
        walk(salt, 0, word, 0, steps);
        return Arrays.copyOfRange(block, SALT, SALT + WORD);
    }

    /**
     * Whether {@code steps} steps from the word at {@code wordAt} reach the one at {@code anchorAt}. Allocates
     * nothing.
     */
    public boolean reaches(byte[] salt, int saltAt, byte[] word, int wordAt, int steps, byte[] anchor, int anchorAt) {
        Objects.checkFromIndexSize(anchorAt, WORD, anchor.length);
        walk(salt, saltAt, word, wordAt, steps);
        return Arrays.equals(block, SALT, SALT + WORD, anchor, anchorAt, anchorAt + WORD);
    }

    private void walk(byte[] salt, int saltAt, byte[] word, int wordAt, int steps) {
        if (steps < 0) {
            throw new IllegalArgumentException(steps + " steps, expected 0 or more");
        }
        System.arraycopy(salt, saltAt, block, 0, SALT);
        System.arraycopy(word, wordAt, block, SALT, WORD);
        try {
            for (int i = 0; i < steps; i++) {
                digest.update(block, 0, block.length);
                digest.digest(block, SALT, WORD);
            }
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 digest did not fit 32 bytes", e);
        }
    }
}
