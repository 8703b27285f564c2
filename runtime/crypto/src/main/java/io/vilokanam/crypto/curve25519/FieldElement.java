package io.vilokanam.crypto.curve25519;

import static java.lang.Math.multiplyHigh;

/**
 * A mutable integer modulo p = 2^255 - 19: five signed limbs of 51 bits, value = sum of {@code l[i] * 2^(51 i)}.
 *
 * <p>
 * Products leave limbs within a few thousand of [0, 2^51); sums and differences are not carried, and products accept
 * limbs of up to 2^53 in size, so three sums may follow one another before a product. Since
 * {@code floor(a b / 2^51) = multiplyHigh(a << 9, b << 4)}, a column of a product is the wrapping sum of its low words
 * less the sum of its high words shifted back: exact without 128-bit additions.
 */
final class FieldElement {

    static final int BYTES = 32;

    private static final long MASK = (1L << 51) - 1;

    /** d of the curve -x^2 + y^2 = 1 + d x^2 y^2. */
    static final FieldElement D = new FieldElement(0x34dca135978a3L, 0x1a8283b156ebdL, 0x5e7a26001c029L,
            0x739c663a03cbbL, 0x52036cee2b6ffL);
    static final FieldElement TWO_D = new FieldElement(0x69b9426b2f159L, 0x35050762add7aL, 0x3cf44c0038052L,
            0x6738cc7407977L, 0x2406d9dc56dffL);
    static final FieldElement SQRT_MINUS_ONE = new FieldElement(0x61b274a0ea0b0L, 0xd5a5fc8f189dL, 0x7ef5e9cbd0c60L,
            0x78595a6804c9eL, 0x2b8324804fc1dL);
    /** 1 / sqrt(a - d), the even root (RFC 9496, section 4.1). */
    static final FieldElement INVSQRT_A_MINUS_D = new FieldElement(0xfdaa805d40eaL, 0x2eb482e57d339L, 0x7610274bc58L,
            0x6510b613dc8ffL, 0x786c8905cfaffL);
    static final FieldElement ONE = new FieldElement(1, 0, 0, 0, 0);

    private long l0;
    private long l1;
    private long l2;
    private long l3;
    private long l4;

    FieldElement() {}

    FieldElement(long l0, long l1, long l2, long l3, long l4) {
        this.l0 = l0;
        this.l1 = l1;
        this.l2 = l2;
        this.l3 = l3;
        this.l4 = l4;
    }

    void set(FieldElement x) {
        l0 = x.l0;
        l1 = x.l1;
        l2 = x.l2;
        l3 = x.l3;
        l4 = x.l4;
    }

    void setSmall(long value) {
        l0 = value;
        l1 = 0;
        l2 = 0;
        l3 = 0;
        l4 = 0;
    }

    /** this = x + y. */
    void add(FieldElement x, FieldElement y) {
        l0 = x.l0 + y.l0;
        l1 = x.l1 + y.l1;
        l2 = x.l2 + y.l2;
        l3 = x.l3 + y.l3;
        l4 = x.l4 + y.l4;
    }

    /** this = x - y. */
    void sub(FieldElement x, FieldElement y) {
        l0 = x.l0 - y.l0;
        l1 = x.l1 - y.l1;
        l2 = x.l2 - y.l2;
        l3 = x.l3 - y.l3;
        l4 = x.l4 - y.l4;
    }

    /** this = -x. */
    void negate(FieldElement x) {
        l0 = -x.l0;
        l1 = -x.l1;
        l2 = -x.l2;
        l3 = -x.l3;
        l4 = -x.l4;
    }

    /** this = x * y. */
    void mul(FieldElement x, FieldElement y) {
        long a0 = x.l0;
        long a1 = x.l1;
        long a2 = x.l2;
        long a3 = x.l3;
        long a4 = x.l4;
        long b0 = y.l0;
        long b1 = y.l1;
        long b2 = y.l2;
        long b3 = y.l3;
        long b4 = y.l4;
        // A column beyond the fifth wraps round with a factor of 19.
        long w1 = 19 * b1;
        long w2 = 19 * b2;
        long w3 = 19 * b3;
        long w4 = 19 * b4;
        long low0 = a0 * b0 + a1 * w4 + a2 * w3 + a3 * w2 + a4 * w1;
        long low1 = a0 * b1 + a1 * b0 + a2 * w4 + a3 * w3 + a4 * w2;
        long low2 = a0 * b2 + a1 * b1 + a2 * b0 + a3 * w4 + a4 * w3;
        long low3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + a4 * w4;
        long low4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;
        a0 <<= 9;
        a1 <<= 9;
        a2 <<= 9;
        a3 <<= 9;
        a4 <<= 9;
        b0 <<= 4;
        b1 <<= 4;
        b2 <<= 4;
        b3 <<= 4;
        b4 <<= 4;
        w1 <<= 4;
        w2 <<= 4;
        w3 <<= 4;
        w4 <<= 4;
        long high0 = multiplyHigh(a0, b0) + multiplyHigh(a1, w4) + multiplyHigh(a2, w3) + multiplyHigh(a3, w2)
                + multiplyHigh(a4, w1);
        long high1 = multiplyHigh(a0, b1) + multiplyHigh(a1, b0) + multiplyHigh(a2, w4) + multiplyHigh(a3, w3)
                + multiplyHigh(a4, w2);
        long high2 = multiplyHigh(a0, b2) + multiplyHigh(a1, b1) + multiplyHigh(a2, b0) + multiplyHigh(a3, w4)
                + multiplyHigh(a4, w3);
        long high3 = multiplyHigh(a0, b3) + multiplyHigh(a1, b2) + multiplyHigh(a2, b1) + multiplyHigh(a3, b0)
                + multiplyHigh(a4, w4);
        long high4 = multiplyHigh(a0, b4) + multiplyHigh(a1, b3) + multiplyHigh(a2, b2) + multiplyHigh(a3, b1)
                + multiplyHigh(a4, b0);
        carry(low0 - (high0 << 51) + 19 * high4, low1 - (high1 << 51) + high0, low2 - (high2 << 51) + high1,
                low3 - (high3 << 51) + high2, low4 - (high4 << 51) + high3);
    }

    /** this = x * x. */
    void square(FieldElement x) {
        long a0 = x.l0;
        long a1 = x.l1;
        long a2 = x.l2;
        long a3 = x.l3;
        long a4 = x.l4;
        long d0 = 2 * a0;
        long d1 = 2 * a1;
        long w3 = 19 * a3;
        long w4 = 19 * a4;
        long v3 = 2 * w3;
        long v4 = 2 * w4;
        long low0 = a0 * a0 + a1 * v4 + a2 * v3;
        long low1 = a1 * d0 + a2 * v4 + a3 * w3;
        long low2 = a2 * d0 + a1 * a1 + a3 * v4;
        long low3 = a3 * d0 + a2 * d1 + a4 * w4;
        long low4 = a4 * d0 + a3 * d1 + a2 * a2;
        long b0 = a0 << 4;
        long b1 = a1 << 4;
        long b2 = a2 << 4;
        a0 <<= 9;
        a1 <<= 9;
        a2 <<= 9;
        a3 <<= 9;
        a4 <<= 9;
        d0 <<= 4;
        d1 <<= 4;
        w3 <<= 4;
        w4 <<= 4;
        v3 <<= 4;
        v4 <<= 4;
        long high0 = multiplyHigh(a0, b0) + multiplyHigh(a1, v4) + multiplyHigh(a2, v3);
        long high1 = multiplyHigh(a1, d0) + multiplyHigh(a2, v4) + multiplyHigh(a3, w3);
        long high2 = multiplyHigh(a2, d0) + multiplyHigh(a1, b1) + multiplyHigh(a3, v4);
        long high3 = multiplyHigh(a3, d0) + multiplyHigh(a2, d1) + multiplyHigh(a4, w4);
        long high4 = multiplyHigh(a4, d0) + multiplyHigh(a3, d1) + multiplyHigh(a2, b2);
        carry(low0 - (high0 << 51) + 19 * high4, low1 - (high1 << 51) + high0, low2 - (high2 << 51) + high1,
                low3 - (high3 << 51) + high2, low4 - (high4 << 51) + high3);
    }

    private void carry(long r0, long r1, long r2, long r3, long r4) {
        l0 = (r0 & MASK) + 19 * (r4 >> 51);
        l1 = (r1 & MASK) + (r0 >> 51);
        l2 = (r2 & MASK) + (r1 >> 51);
        l3 = (r3 & MASK) + (r2 >> 51);
        l4 = (r4 & MASK) + (r3 >> 51);
    }

    /** this = x^(2^n), n at least 1. */
    private void squareTimes(FieldElement x, int n) {
        square(x);
        for (int i = 1; i < n; i++) {
            square(this);
        }
    }

    /** this = x^(2^250 - 1); {@code eleven} becomes x^11. The common start of both fixed powers. */
    private void power250(FieldElement x, FieldElement eleven) {
        var t = new FieldElement();
        var u = new FieldElement();
        t.square(x);
        u.squareTimes(t, 2);
        u.mul(u, x);
        eleven.mul(u, t);
        t.square(eleven);
        u.mul(u, t);
        t.squareTimes(u, 5);
        u.mul(t, u);
        t.squareTimes(u, 10);
        var ten = new FieldElement();
        ten.set(u);
        u.mul(t, u);
        t.squareTimes(u, 20);
        t.mul(t, u);
        t.squareTimes(t, 10);
        u.mul(t, ten);
        t.squareTimes(u, 50);
        var fifty = new FieldElement();
        fifty.set(u);
        u.mul(t, u);
        t.squareTimes(u, 100);
        t.mul(t, u);
        t.squareTimes(t, 50);
        mul(t, fifty);
    }

    /** this = 1 / x, and 0 for 0. */
    void invert(FieldElement x) {
        var eleven = new FieldElement();
        var t = new FieldElement();
        t.power250(x, eleven);
        t.squareTimes(t, 5);
        mul(t, eleven);
    }

    /**
     * this = the even square root of u / v, or of sqrt(-1) u / v where that is not a square (RFC 9496, section 4.2).
     * The arguments must not be this.
     *
     * @return whether u / v is a square; true for u = 0, false for v = 0 and another u
     */
    boolean squareRootOfRatio(FieldElement u, FieldElement v) {
        var v3 = new FieldElement();
        var v7 = new FieldElement();
        v3.square(v);
        v3.mul(v3, v);
        v7.square(v3);
        v7.mul(v7, v);
        v7.mul(v7, u);
        var power = new FieldElement();
        power.power250(v7, new FieldElement());
        power.squareTimes(power, 2);
        power.mul(power, v7); // (u v^7)^((p - 5) / 8)
        v3.mul(v3, u);
        mul(v3, power);

        var check = new FieldElement();
        check.square(this);
        check.mul(check, v);
        var negated = new FieldElement();
        negated.negate(u);
        boolean correct = check.isEqual(u);
        boolean flipped = check.isEqual(negated);
        negated.mul(negated, SQRT_MINUS_ONE);
        boolean flippedTimesRoot = check.isEqual(negated);
        if (flipped | flippedTimesRoot) {
            mul(this, SQRT_MINUS_ONE);
        }
        makeEven();
        return correct | flipped;
    }

    boolean isEqual(FieldElement other) {
        var difference = new FieldElement();
        difference.sub(this, other);
        return difference.isZero();
    }

    boolean isZero() {
        reduce();
        return (l0 | l1 | l2 | l3 | l4) == 0;
    }

    /** Whether the least residue is odd: what the curve papers call negative. */
    boolean isOdd() {
        reduce();
        return (l0 & 1) != 0;
    }

    /** Takes of this and its negative the one with an even least residue. */
    void makeEven() {
        conditionallyNegate(isOdd());
    }

    void conditionallyNegate(boolean condition) {
        long mask = condition ? -1 : 0;
        l0 = (l0 ^ mask) - mask;
        l1 = (l1 ^ mask) - mask;
        l2 = (l2 ^ mask) - mask;
        l3 = (l3 ^ mask) - mask;
        l4 = (l4 ^ mask) - mask;
    }

    /** this = x where the mask is all ones, unchanged where it is zero. */
    void setMasked(FieldElement x, long mask) {
        l0 ^= (l0 ^ x.l0) & mask;
        l1 ^= (l1 ^ x.l1) & mask;
        l2 ^= (l2 ^ x.l2) & mask;
        l3 ^= (l3 ^ x.l3) & mask;
        l4 ^= (l4 ^ x.l4) & mask;
    }

    /** Carries, so that a sum of many sums may enter a product again. */
    void carry() {
        carry(l0, l1, l2, l3, l4);
    }

    /** Brings the limbs to the least residue, 0 to p - 1. */
    private void reduce() {
        carry(l0, l1, l2, l3, l4);
        // Now every limb is within 2^14 of [0, 2^51); adding p makes all of the value positive.
        long r0 = l0 + MASK - 18;
        long r1 = l1 + MASK;
        long r2 = l2 + MASK;
        long r3 = l3 + MASK;
        long r4 = l4 + MASK;
        r1 += r0 >> 51;
        r2 += r1 >> 51;
        r3 += r2 >> 51;
        r4 += r3 >> 51;
        r0 = (r0 & MASK) + 19 * (r4 >> 51);
        r1 &= MASK;
        r2 &= MASK;
        r3 &= MASK;
        r4 &= MASK;
        // Below 2^255 + 2^7. The carry of adding 19 tells whether p is to be taken off.
        long q = r0 + 19 >> 51;
        q = r1 + q >> 51;
        q = r2 + q >> 51;
        q = r3 + q >> 51;
        q = r4 + q >> 51;
        r0 += 19 * q;
        r1 += r0 >> 51;
        r2 += r1 >> 51;
        r3 += r2 >> 51;
        r4 += r3 >> 51;
        l0 = r0 & MASK;
        l1 = r1 & MASK;
        l2 = r2 & MASK;
        l3 = r3 & MASK;
        l4 = r4 & MASK;
    }

    /** this = the lower 255 bits of 32 little-endian bytes; values of p and above are taken modulo p. */
    void read(byte[] in, int at) {
        long w0 = Words.get(in, at);
        long w1 = Words.get(in, at + 8);
        long w2 = Words.get(in, at + 16);
        long w3 = Words.get(in, at + 24);
        l0 = w0 & MASK;
        l1 = (w0 >>> 51 | w1 << 13) & MASK;
        l2 = (w1 >>> 38 | w2 << 26) & MASK;
        l3 = (w2 >>> 25 | w3 << 39) & MASK;
        l4 = w3 >>> 12 & MASK;
    }

    /** Writes the least residue as 32 little-endian bytes. */
    void write(byte[] out, int at) {
        reduce();
        Words.put(out, at, l0 | l1 << 51);
        Words.put(out, at + 8, l1 >>> 13 | l2 << 38);
        Words.put(out, at + 16, l2 >>> 26 | l3 << 25);
        Words.put(out, at + 24, l3 >>> 39 | l4 << 12);
    }
}
