package io.vilokanam.crypto.hash;

/** Keccak as Ethereum and Substrate know it: the submission's padding (first byte 01), not that of SHA-3. */
public final class Keccak {

    private Keccak() {}

    /** 32 bytes. */
    public static byte[] hash256(byte[] in) {
        return hash(in, 32);
    }

    /** 64 bytes. */
    public static byte[] hash512(byte[] in) {
        return hash(in, 64);
    }

    private static byte[] hash(byte[] in, int outLen) {
        int rate = 8 * KeccakPermutation.LANES - 2 * outLen;
        long[] state = new long[KeccakPermutation.LANES];
        int at = 0;
        for (; in.length - at >= rate; at += rate) {
            absorb(state, in, at, rate);
            KeccakPermutation.permute(state);
        }
        byte[] last = new byte[rate];
        System.arraycopy(in, at, last, 0, in.length - at);
        last[in.length - at] = 1;
        last[rate - 1] |= (byte) 0x80;
        absorb(state, last, 0, rate);
        KeccakPermutation.permute(state);
        byte[] out = new byte[outLen];
        for (int i = 0; i < outLen; i += 8) {
            LittleEndian.putLong(out, i, state[i >>> 3]);
        }
        return out;
    }

    private static void absorb(long[] state, byte[] in, int at, int rate) {
        for (int i = 0; i < rate; i += 8) {
            state[i >>> 3] ^= LittleEndian.getLong(in, at + i);
        }
    }
}
