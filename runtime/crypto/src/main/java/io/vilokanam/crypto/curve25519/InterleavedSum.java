package io.vilokanam.crypto.curve25519;

/**
 * A sum of multiples of points with one run of doublings for all (Straus): for each bit from the top the sum is doubled once,
 * and the points whose digit there is not zero are added. The cheapest way for some dozens of points; beyond that their
 * multiples outgrow the processor's cache. Takes a time that depends on the values.
 */
final class InterleavedSum {

    private final PointArithmetic arithmetic = new PointArithmetic();
    private final CachedPoint[][] multiples;
    /** Digit of point j for bit b at [b * points + j]. */
    private final byte[] digits;
    private final byte[] digitsOfBase = new byte[Scalar.NAF_DIGITS];
    private final byte[] scratch = new byte[Scalar.NAF_DIGITS];
    private int count;

    InterleavedSum(int pointsMax) {
        this.multiples = new CachedPoint[pointsMax][];
        this.digits = new byte[pointsMax * Scalar.NAF_DIGITS];
    }

    /** Adds scalar * point; {@code width} of the scalar's non-adjacent form, for which 2^(width-2) multiples are made. */
    void add(Scalar scalar, EdwardsPoint point, int width) {
        multiples[count] = oddMultiples(arithmetic, point, 1 << width - 2);
        scalar.nonAdjacentForm(width, scratch);
        for (int bit = 0; bit < scratch.length; bit++) {
            if (scratch[bit] != 0) {
                digits[bit * multiples.length + count] = scratch[bit];
            }
        }
        count++;
    }

    /** P, 3 P, 5 P and so on. */
    static CachedPoint[] oddMultiples(PointArithmetic arithmetic, EdwardsPoint point, int count) {
        var multiple = new EdwardsPoint();
        multiple.set(point);
        arithmetic.twice(multiple, true);
        var two = new CachedPoint(multiple);
        multiple.set(point);
        var multiples = new CachedPoint[count];
        for (int i = 0; i < count; i++) {
            multiples[i] = new CachedPoint(multiple);
            if (i < count - 1) {
                arithmetic.add(multiple, two);
            }
        }
        return multiples;
    }

    /** The sum of all that was added, less {@code ofBase} B. */
    EdwardsPoint lessBase(Scalar ofBase) {
        ofBase.nonAdjacentForm(BasePoint.NAF_WIDTH, digitsOfBase);
        var sum = new EdwardsPoint();
        for (int bit = Scalar.NAF_DIGITS - 1; bit >= 0; bit--) {
            arithmetic.twice(sum, true);
            int ofBaseHere = digitsOfBase[bit];
            if (ofBaseHere > 0) {
                arithmetic.subtract(sum, BasePoint.ODD_MULTIPLES[ofBaseHere >> 1]);
            } else if (ofBaseHere < 0) {
                arithmetic.add(sum, BasePoint.ODD_MULTIPLES[-ofBaseHere >> 1]);
            }
            addAll(sum, bit * multiples.length);
        }
        return sum;
    }

    private void addAll(EdwardsPoint sum, int row) {
        for (int i = 0; i < count; i++) {
            int digit = digits[row + i];
            if (digit > 0) {
                arithmetic.add(sum, multiples[i][digit >> 1]);
            } else if (digit < 0) {
                arithmetic.subtract(sum, multiples[i][-digit >> 1]);
            }
        }
    }
}
