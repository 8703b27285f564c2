package io.vilokanam.crypto.hash;

/** Substrate's twox: XXH64 under seeds 0, 1, .. one behind the other, each as 8 little-endian bytes. */
public final class Twox {

    private Twox() {}

    /** 8 bytes. */
    public static byte[] hash64(byte[] in) {
        return hash(in, 1);
    }

    /** 16 bytes: what storage prefixes are made of. */
    public static byte[] hash128(byte[] in) {
        return hash(in, 2);
    }

    /** 32 bytes. */
    public static byte[] hash256(byte[] in) {
        return hash(in, 4);
    }

    private static byte[] hash(byte[] in, int words) {
        byte[] out = new byte[8 * words];
        for (int seed = 0; seed < words; seed++) {
            LittleEndian.putLong(out, 8 * seed, XxHash64.hash(in, seed));
        }
        return out;
    }
}
