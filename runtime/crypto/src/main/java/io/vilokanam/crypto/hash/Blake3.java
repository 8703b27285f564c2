package io.vilokanam.crypto.hash;

import org.bouncycastle.crypto.digests.Blake3Digest;

/** BLAKE3 with 32 bytes of output, without key or context: the hash of the merkleized metadata (RFC-78). */
public final class Blake3 {

    private static final int SIZE = 32;

    private Blake3() {}

    public static byte[] hash256(byte[] in) {
        Blake3Digest digest = new Blake3Digest(SIZE * 8);
        digest.update(in, 0, in.length);
        byte[] out = new byte[SIZE];
        digest.doFinal(out, 0);
        return out;
    }
}
