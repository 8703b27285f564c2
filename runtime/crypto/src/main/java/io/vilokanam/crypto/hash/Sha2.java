package io.vilokanam.crypto.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 and SHA-512 (FIPS 180-4), by the JDK's intrinsics. */
public final class Sha2 {

    /** Bytes of a tick chain's salt. */
    public static final int SALT = 16;
    /** Bytes of a digest and of a tick word. */
    public static final int WORD = 32;

    private Sha2() {}

    /** The 32-byte digest. */
    public static byte[] hash256(byte[] in) {
        return digest("SHA-256").digest(in);
    }

    /** The 32-byte digest of {@code len} bytes of {@code in} from {@code off} on. */
    public static byte[] hash256(byte[] in, int off, int len) {
        MessageDigest digest = digest("SHA-256");
        digest.update(in, off, len);
        return digest.digest();
    }

    /** The 64-byte digest. */
    public static byte[] hash512(byte[] in) {
        return digest("SHA-512").digest(in);
    }

    /**
     * Walks a tick chain: {@code word = sha2_256(salt || word)}, {@code steps} times. Each step hashes 48 bytes, one block.
     *
     * @param salt 16 bytes
     * @param word 32 bytes, not changed
     * @param steps 0 or more; the caller sets the bound
     * @return the word that is reached
     */
    public static byte[] chain(byte[] salt, byte[] word, int steps) {
        if (salt.length != SALT || word.length != WORD || steps < 0) {
            throw new IllegalArgumentException("salt of " + salt.length + " bytes, word of " + word.length + " bytes, " + steps
                    + " steps; expected 16, 32 and no negative number");
        }
        MessageDigest digest = digest("SHA-256");
        byte[] block = new byte[SALT + WORD];
        System.arraycopy(salt, 0, block, 0, SALT);
        System.arraycopy(word, 0, block, SALT, WORD);
        try {
            for (int i = 0; i < steps; i++) {
                digest.update(block, 0, block.length);
                digest.digest(block, SALT, WORD);
            }
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 digest did not fit 32 bytes", e);
        }
        byte[] reached = new byte[WORD];
        System.arraycopy(block, SALT, reached, 0, WORD);
        return reached;
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks " + algorithm, e);
        }
    }
}
