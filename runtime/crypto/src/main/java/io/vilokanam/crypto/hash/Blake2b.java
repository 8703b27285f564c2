package io.vilokanam.crypto.hash;

/**
 * Blake2b without key, salt or personalisation (RFC 7693). All methods are pure and may be called from any thread;
 * {@link Blake2bHasher} saves their allocation.
 */
public final class Blake2b {

    private Blake2b() {}

    /** The 8-byte digest. */
    public static byte[] hash64(byte[] in) {
        return hash(8, in, 0, in.length);
    }

    /** The 16-byte digest. */
    public static byte[] hash128(byte[] in) {
        return hash(16, in, 0, in.length);
    }

    /** The 32-byte digest, Substrate's block and state hash. */
    public static byte[] hash256(byte[] in) {
        return hash(32, in, 0, in.length);
    }

    /** The 32-byte digest of {@code len} bytes of {@code in} from {@code off} on. */
    public static byte[] hash256(byte[] in, int off, int len) {
        return hash(32, in, off, len);
    }

    /** Writes the 32-byte digest of a range of {@code in} to {@code out} at {@code outOff}; the arrays may be one. */
    public static void hash256(byte[] in, int off, int len, byte[] out, int outOff) {
        hash(32, in, off, len, out, outOff);
    }

    /** The 64-byte digest. */
    public static byte[] hash512(byte[] in) {
        return hash(64, in, 0, in.length);
    }

    /** A digest of {@code outLen} bytes, 1 to 64, of a range of {@code in}. */
    public static byte[] hash(int outLen, byte[] in, int off, int len) {
        byte[] out = new byte[outLen];
        hash(outLen, in, off, len, out, 0);
        return out;
    }

    /** A digest of {@code outLen} bytes, 1 to 64, of the parts one behind the other. */
    public static byte[] hash(int outLen, byte[]... parts) {
        if (parts.length == 1) {
            return hash(outLen, parts[0], 0, parts[0].length);
        }
        int length = 0;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return hash(outLen, joined, 0, length);
    }

    /**
     * Writes a digest of {@code outLen} bytes, 1 to 64, of a range of {@code in} to {@code out}; the arrays may be
     * one.
     */
    public static void hash(int outLen, byte[] in, int off, int len, byte[] out, int outOff) {
        new Blake2bHasher().hash(outLen, in, off, len, out, outOff);
    }
}
