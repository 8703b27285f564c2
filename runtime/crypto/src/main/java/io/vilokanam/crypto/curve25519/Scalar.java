package io.vilokanam.crypto.curve25519;

import java.util.Arrays;
import java.util.Optional;

/**
 * An integer modulo L = 2^252 + 27742317777372353535851937790883648493, the order of the prime-order group; always the
 * least residue. Arithmetic takes the same steps for every value.
 */
public final class Scalar {

    /** Bytes of an encoded scalar. */
    public static final int BYTES = 32;
    /** Digits of the non-adjacent form and of the signed radix-256 form are one more than the bits and bytes. */
    static final int NAF_DIGITS = 257;

    public static final Scalar ZERO = new Scalar(0, 0, 0, 0);

    private static final long[] ORDER = {0x5812631a5cf5d3edL, 0x14def9dea2f79cd6L, 0, 0x1000000000000000L, 0};
    /** floor(2^512 / L), for Barrett's reduction. */
    private static final long[] RECIPROCAL = {0xed9ce5a30a2c131bL, 0x2106215d086329a7L, 0xffffffffffffffebL,
            0xffffffffffffffffL, 0xf};

    private final long w0;
    private final long w1;
    private final long w2;
    private final long w3;

    private Scalar(long w0, long w1, long w2, long w3) {
        this.w0 = w0;
        this.w1 = w1;
        this.w2 = w2;
        this.w3 = w3;
    }

    /** 32 little-endian bytes from {@code at} on; empty where the number is L or above. */
    public static Optional<Scalar> canonical(byte[] in, int at) {
        long[] x = {Words.get(in, at), Words.get(in, at + 8), Words.get(in, at + 16), Words.get(in, at + 24), 0};
        boolean below = subtract(x, ORDER, new long[5]) != 0;
        return below ? Optional.of(new Scalar(x[0], x[1], x[2], x[3])) : Optional.empty();
    }

    /** 32 or 64 little-endian bytes modulo L. */
    public static Scalar reduce(byte[] in) {
        if (in.length != 32 && in.length != 64) {
            throw new IllegalArgumentException("scalar of " + in.length + " bytes, expected 32 or 64");
        }
        long[] x = new long[8];
        for (int i = 0; i < in.length; i += 8) {
            x[i >>> 3] = Words.get(in, i);
        }
        return reduce(x);
    }

    /** The number {@code low + 2^64 high}, both unsigned. */
    static Scalar ofWords(long low, long high) {
        return new Scalar(low, high, 0, 0);
    }

    /** this * factor + summand. */
    public Scalar multiplyAdd(Scalar factor, Scalar summand) {
        long[] product = new long[8];
        multiply(words(), factor.words(), product);
        addInto(product, summand.words());
        return reduce(product);
    }

    public Scalar multiply(Scalar factor) {
        return multiplyAdd(factor, ZERO);
    }

    public Scalar add(Scalar other) {
        return other.multiplyAdd(ofWords(1, 0), this);
    }

    public Scalar negate() {
        long[] x = new long[5];
        subtract(ORDER, new long[]{w0, w1, w2, w3, 0}, x);
        return reduce(new long[]{x[0], x[1], x[2], x[3], 0, 0, 0, 0});
    }

    public boolean isZero() {
        return (w0 | w1 | w2 | w3) == 0;
    }

    /** 32 little-endian bytes. */
    public byte[] bytes() {
        byte[] out = new byte[BYTES];
        Words.put(out, 0, w0);
        Words.put(out, 8, w1);
        Words.put(out, 16, w2);
        Words.put(out, 24, w3);
        return out;
    }

    /**
     * Writes the width-w non-adjacent form, least digit first: digits are 0 or odd and within 2^(w-1), and of w
     * neighbours at most one is not 0.
     */
    void nonAdjacentForm(int width, byte[] digits) {
        long[] x = {w0, w1, w2, w3, 0};
        Arrays.fill(digits, (byte) 0);
        long window = 1L << width;
        long carry = 0;
        int at = 0;
        while (at < 256) {
            int word = at >>> 6;
            int bit = at & 63;
            long bits = x[word] >>> bit;
            if (bit > 64 - width) {
                bits |= x[word + 1] << 64 - bit;
            }
            long digit = carry + (bits & window - 1);
            if ((digit & 1) == 0) {
                at++;
                continue;
            }
            carry = digit >>> width - 1;
            digits[at] = (byte) (digit - (carry << width));
            at += width;
        }
    }

    /** The {@code width} bits from bit {@code at} on, at most 16. */
    int bits(int at, int width) {
        int word = at >>> 6;
        int bit = at & 63;
        long value = word(word) >>> bit;
        if (bit + width > 64) {
            value |= word(word + 1) << 64 - bit;
        }
        return (int) (value & (1L << width) - 1);
    }

    private long word(int index) {
        return switch (index) {
            case 0 -> w0;
            case 1 -> w1;
            case 2 -> w2;
            case 3 -> w3;
            default -> 0;
        };
    }

    private long[] words() {
        return new long[]{w0, w1, w2, w3};
    }

    /** Barrett's reduction (Handbook of Applied Cryptography, algorithm 14.42) of a number of eight words. */
    private static Scalar reduce(long[] x) {
        long[] quotient = new long[10];
        multiply(new long[]{x[3], x[4], x[5], x[6], x[7]}, RECIPROCAL, quotient);
        long[] multiple = new long[10];
        multiply(new long[]{quotient[5], quotient[6], quotient[7], quotient[8], quotient[9]}, ORDER, multiple);
        long[] rest = {x[0], x[1], x[2], x[3], x[4]};
        subtract(rest, multiple, rest);
        // The quotient is at most two too small.
        subtractOrderOnce(rest);
        subtractOrderOnce(rest);
        return new Scalar(rest[0], rest[1], rest[2], rest[3]);
    }

    private static void subtractOrderOnce(long[] x) {
        long[] less = new long[5];
        long keep = -subtract(x, ORDER, less);
        for (int i = 0; i < 5; i++) {
            x[i] = less[i] ^ (less[i] ^ x[i]) & keep;
        }
    }

    /** out = x - y over five words; returns the borrow, 0 or 1. */
    private static long subtract(long[] x, long[] y, long[] out) {
        long borrow = 0;
        for (int i = 0; i < 5; i++) {
            long a = x[i];
            long b = y[i];
            long difference = a - b - borrow;
            borrow = (~a & b | ~(a ^ b) & difference) >>> 63;
            out[i] = difference;
        }
        return borrow;
    }

    /** out = x * y, unsigned. */
    private static void multiply(long[] x, long[] y, long[] out) {
        for (int i = 0; i < x.length; i++) {
            long carry = 0;
            for (int j = 0; j < y.length; j++) {
                long low = x[i] * y[j];
                long high = Math.unsignedMultiplyHigh(x[i], y[j]);
                long sum = low + carry;
                high += carryOf(low, carry, sum);
                long total = sum + out[i + j];
                high += carryOf(sum, out[i + j], total);
                out[i + j] = total;
                carry = high;
            }
            out[i + y.length] = carry;
        }
    }

    private static void addInto(long[] x, long[] y) {
        long carry = 0;
        for (int i = 0; i < x.length; i++) {
            long summand = i < y.length ? y[i] : 0;
            long sum = x[i] + summand;
            long over = carryOf(x[i], summand, sum);
            long total = sum + carry;
            carry = over | carryOf(sum, carry, total);
            x[i] = total;
        }
    }

    /** 1 where the unsigned sum of a and b went over. */
    private static long carryOf(long a, long b, long sum) {
        return (a & b | (a | b) & ~sum) >>> 63;
    }
}
