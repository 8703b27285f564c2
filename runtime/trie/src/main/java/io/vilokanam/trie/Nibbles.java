package io.vilokanam.trie;

import java.util.Arrays;

/** Keys as half bytes, high half first. Positions and lengths count nibbles, arrays stay packed. */
final class Nibbles {

    /** Children of a branch. */
    static final int RADIX = 16;

    private Nibbles() {}

    static int count(byte[] key) {
        return key.length * 2;
    }

    static int at(byte[] key, int position) {
        int pair = key[position >>> 1];
        return (position & 1) == 0 ? pair >>> 4 & 0x0f : pair & 0x0f;
    }

    /** Bytes that hold {@code nibbles} half bytes. */
    static int bytes(int nibbles) {
        return nibbles + 1 >>> 1;
    }

    /**
     * How many leading nibbles two keys share, at most {@code limit}; the first {@code from} are known to be equal.
     */
    static int commonPrefix(byte[] a, byte[] b, int from, int limit) {
        if (from == limit) {
            return limit;
        }
        int fromByte = from >>> 1;
        int toByte = bytes(limit);
        int mismatch = Arrays.mismatch(a, fromByte, toByte, b, fromByte, toByte);
        if (mismatch < 0) {
            return limit;
        }
        int index = fromByte + mismatch;
        boolean highEqual = ((a[index] ^ b[index]) & 0xf0) == 0;
        return Math.min(index * 2 + (highEqual ? 1 : 0), limit);
    }

    /**
     * Writes the nibbles {@code [start, end)} of a key as a partial key: packed to the right, a lone nibble first.
     *
     * @return the position behind
     */
    static int writePartial(byte[] key, int start, int end, byte[] out, int position) {
        int length = bytes(end - start);
        if (length == 0) {
            return position;
        }
        int last = end >>> 1;
        if ((end & 1) == 0) {
            System.arraycopy(key, last - length, out, position, length);
        } else {
            for (int i = 1; i <= length; i++) {
                int index = last - length + i;
                int high = index > 0 ? key[index - 1] : 0;
                out[position + i - 1] = (byte) (high << 4 | key[index] >>> 4 & 0x0f);
            }
        }
        if ((end - start & 1) == 1) {
            out[position] &= 0x0f;
        }
        return position + length;
    }

    /**
     * A key that has the first {@code pathEnd} nibbles of {@code path}, then the nibble {@code child} unless it is
     * negative, then {@code count} nibbles of a partial key at {@code offset}.
     */
    static byte[] join(byte[] path, int pathEnd, int child, byte[] partial, int offset, int count) {
        int start = child < 0 ? pathEnd : pathEnd + 1;
        byte[] key = new byte[bytes(start + count)];
        System.arraycopy(path, 0, key, 0, bytes(pathEnd));
        if ((pathEnd & 1) == 1) {
            key[pathEnd >>> 1] &= (byte) 0xf0;
        }
        if (child >= 0) {
            put(key, pathEnd, child);
        }
        int length = bytes(count);
        if ((start + count & 1) == 0) {
            int from = key.length - length;
            if ((count & 1) == 1) {
                key[from] |= (byte) (partial[offset] & 0x0f);
                System.arraycopy(partial, offset + 1, key, from + 1, length - 1);
            } else {
                System.arraycopy(partial, offset, key, from, length);
            }
        } else {
            int skipped = count & 1;
            for (int i = 0; i < count; i++) {
                int position = i + skipped;
                int pair = partial[offset + (position >>> 1)];
                put(key, start + i, (position & 1) == 0 ? pair >>> 4 & 0x0f : pair & 0x0f);
            }
        }
        return key;
    }

    private static void put(byte[] key, int position, int nibble) {
        key[position >>> 1] |= (byte) ((position & 1) == 0 ? nibble << 4 : nibble);
    }
}
