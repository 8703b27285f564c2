package io.vilokanam.scale;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads SCALE from a byte array, as strictly as parity-scale-codec: compact integers must be minimal and in range, text
 * must be UTF-8, and nothing is allocated by a length that was only claimed. Not thread-safe.
 */
public final class ScaleInput {

    /** How deep containers may nest: parity-scale-codec's limit for an extrinsic. */
    public static final int DEPTH_MAX = 256;

    private final byte[] source;
    private final int end;
    private final Nesting nesting;
    private int at;
    private int depth;

    public ScaleInput(byte[] source) {
        this(source, 0, source.length);
    }

    public ScaleInput(byte[] source, int from, int length) {
        this(source, from, length, Nesting.OF_EXTRINSICS);
    }

    private ScaleInput(byte[] source, int from, int length, Nesting nesting) {
        this.source = source;
        this.at = from;
        this.end = from + length;
        this.nesting = nesting;
    }

    /**
     * How deep containers may nest: what a box and what a sequence adds to the depth, and the depth that is allowed.
     *
     * @param most what boxes and sequences that are open may add up to
     */
    public record Nesting(int box, int sequence, int most) {

        static final Nesting OF_EXTRINSICS = new Nesting(1, 1, DEPTH_MAX);
    }

    /** An input whose containers may nest otherwise than an extrinsic's. */
    public static ScaleInput nesting(byte[] source, Nesting nesting) {
        return new ScaleInput(source, 0, source.length, nesting);
    }

    /** Whether reading ended because containers nested too deep. */
    public boolean isTooDeep() {
        return depth > nesting.most;
    }

    public int remaining() {
        return end - at;
    }

    /** The offset of the next byte in the array that is read. */
    public int position() {
        return at;
    }

    /** Fails unless every byte was read. */
    public void expectEnd() throws ScaleException {
        if (at != end) {
            throw new ScaleException("expected the end of the input, " + remaining() + " bytes remain");
        }
    }

    public int u8() throws ScaleException {
        need(1, "u8");
        return source[at++] & 255;
    }

    public int u16() throws ScaleException {
        return (int) little(2, "u16");
    }

    public long u32() throws ScaleException {
        return little(4, "u32");
    }

    public long u64() throws ScaleException {
        return little(8, "u64");
    }

    public U128 u128() throws ScaleException {
        need(16, "u128");
        long low = little(8, "u128");
        return U128.of(little(8, "u128"), low);
    }

    public boolean bool() throws ScaleException {
        int value = u8();
        if (value > 1) {
            throw new ScaleException("bool must be 0 or 1, got " + value);
        }
        return value == 1;
    }

    /** The next {@code length} bytes. */
    public byte[] raw(int length) throws ScaleException {
        need(length, "bytes");
        byte[] bytes = Arrays.copyOfRange(source, at, at + length);
        at += length;
        return bytes;
    }

    public void skip(int length) throws ScaleException {
        need(length, "bytes");
        at += length;
    }

    /** A compact length and that many bytes. */
    public byte[] bytes() throws ScaleException {
        return raw(length(1));
    }

    /** A compact length and that many bytes of UTF-8. */
    public String string() throws ScaleException {
        return Utf8.decode(bytes());
    }

    /**
     * A compact u32 that counts elements of at least {@code sizeMin} bytes each: more than can follow is refused before
     * anything is allocated.
     */
    public int length(int sizeMin) throws ScaleException {
        long length = compactU32();
        if (length * sizeMin > remaining()) {
            throw new ScaleException("length " + length + " is more than the " + remaining() + " bytes that follow");
        }
        if (length > Integer.MAX_VALUE) {
            throw new ScaleException("length " + length + " is too large");
        }
        return (int) length;
    }

    public long compactU32() throws ScaleException {
        long value = compactU64();
        if (value < 0 || value > 0xffff_ffffL) {
            throw new ScaleException("compact integer is out of range of u32");
        }
        return value;
    }

    /** A compact unsigned 64-bit number. */
    public long compactU64() throws ScaleException {
        U128 value = compactU128();
        if (value.high() != 0) {
            throw new ScaleException("compact integer is out of range of u64");
        }
        return value.low();
    }

    public U128 compactU128() throws ScaleException {
        int first = u8();
        switch (first & 3) {
            case 0 :
                return U128.of(first >>> 2);
            case 1 :
                return U128.of(atLeast((first | u8() << 8) >>> 2, 1 << 6));
            case 2 :
                at--;
                return U128.of(atLeast(u32() >>> 2, 1 << 14));
            default :
                return wide((first >>> 2) + 4);
        }
    }

    private U128 wide(int width) throws ScaleException {
        if (width > 16) {
            throw new ScaleException("compact integer of " + width + " bytes is out of range of u128");
        }
        need(width, "compact integer");
        if (source[at + width - 1] == 0) {
            throw new ScaleException("compact integer is not minimal");
        }
        long low = little(Math.min(width, 8), "compact integer");
        long high = width > 8 ? little(width - 8, "compact integer") : 0;
        if (high == 0) {
            atLeast(width == 4 ? low : Long.MAX_VALUE, 1 << 30);
        }
        return U128.of(high, low);
    }

    /** A compact number of up to 67 bytes. */
    public BigInteger compactBig() throws ScaleException {
        need(1, "compact integer");
        int width = (source[at] >> 2 & 63) + 4;
        if ((source[at] & 3) != 3 || width <= 16) {
            return compactU128().toBigInteger();
        }
        at++;
        byte[] little = raw(width);
        if (little[width - 1] == 0) {
            throw new ScaleException("compact integer is not minimal");
        }
        byte[] big = new byte[width];
        for (int i = 0; i < width; i++) {
            big[i] = little[width - 1 - i];
        }
        return new BigInteger(1, big);
    }

    private static long atLeast(long value, long minimum) throws ScaleException {
        if (value < minimum) {
            throw new ScaleException("compact integer is not minimal");
        }
        return value;
    }

    /** Enters a value that may hold its like; paired with {@link #leaveBox()}. */
    void enterBox() throws ScaleException {
        enter(nesting.box);
    }

    void leaveBox() {
        depth -= nesting.box;
    }

    /** Enters a sequence; paired with {@link #leaveSequence()}. */
    void enterSequence() throws ScaleException {
        enter(nesting.sequence);
    }

    void leaveSequence() {
        depth -= nesting.sequence;
    }

    private void enter(int cost) throws ScaleException {
        depth += cost;
        if (depth > nesting.most) {
            throw new ScaleException("nested deeper than " + nesting.most);
        }
    }

    private long little(int width, String what) throws ScaleException {
        need(width, what);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (source[at++] & 255L) << 8 * i;
        }
        return value;
    }

    private void need(int count, String what) throws ScaleException {
        if (count > end - at) {
            throw new ScaleException(what + " needs " + count + " bytes, " + remaining() + " remain");
        }
    }
}
