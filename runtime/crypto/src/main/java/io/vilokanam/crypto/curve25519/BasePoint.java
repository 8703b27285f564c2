package io.vilokanam.crypto.curve25519;

/** Multiples of the base point B, the point with y = 4/5 and even x, by tables made once. */
public final class BasePoint {

    /** Width of the non-adjacent form that {@link #ODD_MULTIPLES} serves. */
    static final int NAF_WIDTH = 8;

    /** B, 3 B, .. 127 B. */
    static final AffinePoint[] ODD_MULTIPLES = new AffinePoint[1 << NAF_WIDTH - 2];

    private static final int RADIX_PAIRS = 32;
    private static final int RADIX_MULTIPLES = 8;
    /** At [i][j]: (j + 1) 256^i B. */
    private static final AffinePoint[][] POWERS = new AffinePoint[RADIX_PAIRS][RADIX_MULTIPLES];

    static {
        var base = new EdwardsPoint();
        base.x.set(new FieldElement(0x62d608f25d51aL, 0x412a4b4f6592aL, 0x75b7171a4b31dL, 0x1ff60527118feL,
                0x216936d3cd6e5L));
        base.y.set(new FieldElement(0x6666666666658L, 0x4ccccccccccccL, 0x1999999999999L, 0x3333333333333L,
                0x6666666666666L));
        base.t.mul(base.x, base.y);
        var arithmetic = new PointArithmetic();
        var point = new EdwardsPoint();
        point.set(base);
        arithmetic.twice(point, true);
        var two = new CachedPoint(point);
        point.set(base);
        for (int i = 0; i < ODD_MULTIPLES.length; i++) {
            ODD_MULTIPLES[i] = AffinePoint.of(point);
            arithmetic.add(point, two);
        }
        for (AffinePoint[] row : POWERS) {
            point.set(base);
            var step = new CachedPoint(base);
            for (int j = 0; j < row.length; j++) {
                row[j] = AffinePoint.of(point);
                arithmetic.add(point, step);
            }
            for (int i = 0; i < 8; i++) {
                arithmetic.twice(base, true);
            }
        }
    }

    private BasePoint() {}

    /**
     * scalar * B for a secret scalar: the steps and the memory read do not depend on it (as far as the JIT leaves
     * them so).
     */
    public static EdwardsPoint multiply(Scalar scalar) {
        byte[] bytes = scalar.bytes();
        int[] digits = new int[2 * RADIX_PAIRS];
        int carry = 0;
        for (int i = 0; i < digits.length; i++) {
            int digit = (bytes[i >>> 1] >>> 4 * (i & 1) & 15) + carry;
            carry = digit + 8 >>> 4;
            digits[i] = digit - (carry << 4);
        }
        var arithmetic = new PointArithmetic();
        var product = new EdwardsPoint();
        var chosen = new AffinePoint();
        var scratch = new FieldElement();
        for (int i = 0; i < RADIX_PAIRS; i++) {
            choose(chosen, POWERS[i], digits[2 * i + 1], scratch);
            arithmetic.add(product, chosen);
        }
        for (int i = 0; i < 4; i++) {
            arithmetic.twice(product, i == 3);
        }
        for (int i = 0; i < RADIX_PAIRS; i++) {
            choose(chosen, POWERS[i], digits[2 * i], scratch);
            arithmetic.add(product, chosen);
        }
        return product;
    }

    /** chosen = digit * row[0], digit within -8 to 8. */
    private static void choose(AffinePoint chosen, AffinePoint[] row, int digit, FieldElement scratch) {
        int negative = digit >> 31;
        int size = (digit ^ negative) - negative;
        chosen.setIdentity();
        for (int j = 0; j < row.length; j++) {
            int difference = size ^ j + 1;
            chosen.setMasked(row[j], (difference - 1 & ~difference) >> 31);
        }
        chosen.negateMasked(negative, scratch);
    }
}
