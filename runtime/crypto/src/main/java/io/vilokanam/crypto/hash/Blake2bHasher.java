package io.vilokanam.crypto.hash;

import java.util.Objects;

/**
 * Blake2b as {@link Blake2b}, with a work area that is used again: for whoever hashes thousands of small inputs one
 * after another, as a trie does. One object belongs to one thread.
 */
public final class Blake2bHasher {

    private static final int BLOCK = 128;
    private static final int MAX_OUTPUT = 64;

    private static final long IV0 = 0x6a09e667f3bcc908L;
    private static final long IV1 = 0xbb67ae8584caa73bL;
    private static final long IV2 = 0x3c6ef372fe94f82bL;
    private static final long IV3 = 0xa54ff53a5f1d36f1L;
    private static final long IV4 = 0x510e527fade682d1L;
    private static final long IV5 = 0x9b05688c2b3e6c1fL;
    private static final long IV6 = 0x1f83d9abfb41bd6bL;
    private static final long IV7 = 0x5be0cd19137e2179L;

    // The work area: state and message block as Blake2bRounds wants them, then the chaining value.
    private static final int MESSAGE = 16;
    private static final int CHAIN = 32;
    private static final int WORK = 40;

    private final long[] w = new long[WORK];

    /** Writes the 32-byte digest of a range of {@code in} to {@code out} at {@code outOff}; the arrays may be one. */
    public void hash256(byte[] in, int off, int len, byte[] out, int outOff) {
        hash(32, in, off, len, out, outOff);
    }

    /**
     * Writes a digest of {@code outLen} bytes, 1 to 64, of a range of {@code in} to {@code out}; the arrays may be
     * one.
     */
    public void hash(int outLen, byte[] in, int off, int len, byte[] out, int outOff) {
        if (outLen < 1 || outLen > MAX_OUTPUT) {
            throw new IllegalArgumentException("digest length " + outLen + ", expected 1 to " + MAX_OUTPUT);
        }
        Objects.checkFromIndexSize(off, len, in.length);
        Objects.checkFromIndexSize(outOff, outLen, out.length);
        w[CHAIN] = IV0 ^ 0x01010000L ^ outLen;
        w[CHAIN + 1] = IV1;
        w[CHAIN + 2] = IV2;
        w[CHAIN + 3] = IV3;
        w[CHAIN + 4] = IV4;
        w[CHAIN + 5] = IV5;
        w[CHAIN + 6] = IV6;
        w[CHAIN + 7] = IV7;
        int done = 0;
        while (len - done > BLOCK) {
            for (int i = 0; i < 16; i++) {
                w[MESSAGE + i] = LittleEndian.getLong(in, off + done + 8 * i);
            }
            done += BLOCK;
            compress(done, 0);
        }
        loadLast(in, off + done, len - done);
        compress(len, -1);
        store(outLen, out, outOff);
    }

    /** The last block, 0 to 128 bytes, filled up with zeros. */
    private void loadLast(byte[] in, int off, int len) {
        int words = len >>> 3;
        for (int i = 0; i < words; i++) {
            w[MESSAGE + i] = LittleEndian.getLong(in, off + 8 * i);
        }
        for (int i = words; i < 16; i++) {
            w[MESSAGE + i] = 0;
        }
        if ((len & 7) != 0) {
            long word = 0;
            for (int i = len - 1; i >= 8 * words; i--) {
                word = word << 8 | in[off + i] & 255;
            }
            w[MESSAGE + words] = word;
        }
    }

    private void compress(long counter, long last) {
        System.arraycopy(w, CHAIN, w, 0, 8);
        w[8] = IV0;
        w[9] = IV1;
        w[10] = IV2;
        w[11] = IV3;
        w[12] = IV4 ^ counter;
        w[13] = IV5;
        w[14] = IV6 ^ last;
        w[15] = IV7;
        Blake2bRounds.mix(w);
        for (int i = 0; i < 8; i++) {
            w[CHAIN + i] ^= w[i] ^ w[i + 8];
        }
    }

    private void store(int outLen, byte[] out, int outOff) {
        int words = outLen >>> 3;
        for (int i = 0; i < words; i++) {
            LittleEndian.putLong(out, outOff + 8 * i, w[CHAIN + i]);
        }
        for (int i = 8 * words; i < outLen; i++) {
            out[outOff + i] = (byte) (w[CHAIN + words] >>> 8 * (i & 7));
        }
    }
}
