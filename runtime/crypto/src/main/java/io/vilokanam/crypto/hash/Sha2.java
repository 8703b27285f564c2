package io.vilokanam.crypto.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 and SHA-512 (FIPS 180-4), by the JDK's intrinsics. */
public final class Sha2 {

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

    /** The word that {@code steps} steps of a tick chain reach: see {@link Sha2Chain#walk}, which is the faster way. */
    public static byte[] chain(byte[] salt, byte[] word, int steps) {
        return new Sha2Chain().walk(salt, word, steps);
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks " + algorithm, e);
        }
    }
}
