package io.vilokanam.node.network.address;

/** Unsigned varints of the multiformats: seven bits a byte, lowest first, the high bit says that more follow. */
public final class Varint {

    private static final int BITS = 7;
    private static final int CONTINUES = 0x80;

    private Varint() {}

    /** How many bytes {@code value}, not negative, takes. */
    public static int size(long value) {
        return value == 0 ? 1 : (Long.SIZE - Long.numberOfLeadingZeros(value) + BITS - 1) / BITS;
    }

    /** Writes {@code value}, not negative, and returns where the next byte goes. */
    public static int write(byte[] to, int at, long value) {
        int next = at;
        long rest = value;
        while (rest >= CONTINUES) {
            to[next++] = (byte) (rest | CONTINUES);
            rest >>>= BITS;
        }
        to[next++] = (byte) rest;
        return next;
    }

    /** {@code content} behind its length. */
    public static byte[] framed(byte[] content) {
        byte[] framed = new byte[size(content.length) + content.length];
        System.arraycopy(content, 0, framed, write(framed, 0, content.length), content.length);
        return framed;
    }
}
