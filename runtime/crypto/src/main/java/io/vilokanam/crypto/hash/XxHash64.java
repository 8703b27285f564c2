package io.vilokanam.crypto.hash;

import static java.lang.Long.rotateLeft;

/** XXH64 of the xxHash specification: fast, not cryptographic. */
public final class XxHash64 {

    private static final long P1 = 0x9e3779b185ebca87L;
    private static final long P2 = 0xc2b2ae3d27d4eb4fL;
    private static final long P3 = 0x165667b19e3779f9L;
    private static final long P4 = 0x85ebca77c2b2ae63L;
    private static final long P5 = 0x27d4eb2f165667c5L;

    private XxHash64() {}

    /** The 64-bit hash of {@code in} under {@code seed}. */
    public static long hash(byte[] in, long seed) {
        int length = in.length;
        int at = 0;
        long hash;
        if (length >= 32) {
            long a = seed + P1 + P2;
            long b = seed + P2;
            long c = seed;
            long d = seed - P1;
            for (; at <= length - 32; at += 32) {
                a = round(a, LittleEndian.getLong(in, at));
                b = round(b, LittleEndian.getLong(in, at + 8));
                c = round(c, LittleEndian.getLong(in, at + 16));
                d = round(d, LittleEndian.getLong(in, at + 24));
            }
            hash = rotateLeft(a, 1) + rotateLeft(b, 7) + rotateLeft(c, 12) + rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        } else {
            hash = seed + P5;
        }
        hash += length;
        for (; at <= length - 8; at += 8) {
            hash = rotateLeft(hash ^ round(0, LittleEndian.getLong(in, at)), 27) * P1 + P4;
        }
        if (at <= length - 4) {
            hash = rotateLeft(hash ^ (LittleEndian.getInt(in, at) & 0xffffffffL) * P1, 23) * P2 + P3;
            at += 4;
        }
        for (; at < length; at++) {
            hash = rotateLeft(hash ^ (in[at] & 255) * P5, 11) * P1;
        }
        hash = (hash ^ hash >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }

    private static long round(long lane, long word) {
        return rotateLeft(lane + word * P2, 31) * P1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * P1 + P4;
    }
}
