package io.vilokanam.crypto.curve25519;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Many equations at once: a random combination of all of them is the identity (times 8) if each one holds, and by a
 * chance below 2^-127 if one does not. The sum is computed with common doublings or, where the equations are many, with
 * Pippenger's buckets.
 */
public final class SchnorrBatch {

    /** More equations than this outgrow the processor's second-level cache; callers split. */
    public static final int MAX_EQUATIONS = 512;

    /** Fewer equations than this are summed with common doublings. */
    private static final int BUCKETS_MIN = 64;
    private static final int NAF_WIDTH_OF_KEYS = 5;
    private static final int NAF_WIDTH_OF_NONCES = 4;

    /** Bits of a random coefficient. */
    private static final int COEFFICIENT_BITS = 128;
    private static final int SCALAR_BITS = 253;

    private final PointArithmetic arithmetic = new PointArithmetic();
    private final int width;
    private final AffinePoint[] points;
    private final short[][] digits;
    private final EdwardsPoint[] buckets;
    private final boolean[] used;
    private final CachedPoint cached = new CachedPoint();

    private SchnorrBatch(int equations) {
        this.width = equations < 96 ? 6 : equations < 320 ? 7 : 8;
        this.points = new AffinePoint[2 * equations];
        this.digits = new short[2 * equations][];
        this.buckets = new EdwardsPoint[1 << width - 1];
        this.used = new boolean[buckets.length];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new EdwardsPoint();
        }
    }

    /**
     * Whether all equations hold; where it says no, at least one does not.
     *
     * @param equations at most {@link #MAX_EQUATIONS}
     * @param random a cryptographic generator that whoever made the signatures cannot foresee
     */
    public static boolean holds(List<SchnorrEquation> equations, RandomGenerator random) {
        if (equations.size() > MAX_EQUATIONS) {
            throw new IllegalArgumentException(equations.size() + " equations, expected at most " + MAX_EQUATIONS);
        }
        EdwardsPoint sum = equations.size() < BUCKETS_MIN ? interleaved(equations, random)
                : new SchnorrBatch(equations.size()).sum(equations, random);
        return sum.isTorsion();
    }

    private static EdwardsPoint interleaved(List<SchnorrEquation> equations, RandomGenerator random) {
        var sum = new InterleavedSum(2 * equations.size());
        Scalar ofBase = Scalar.ZERO;
        for (SchnorrEquation equation : equations) {
            Scalar coefficient = coefficient(random);
            ofBase = coefficient.multiplyAdd(equation.s, ofBase);
            sum.add(coefficient, equation.r, NAF_WIDTH_OF_NONCES);
            sum.add(coefficient.multiply(equation.k), equation.a, NAF_WIDTH_OF_KEYS);
        }
        return sum.lessBase(ofBase);
    }

    private EdwardsPoint sum(List<SchnorrEquation> equations, RandomGenerator random) {
        Scalar ofBase = Scalar.ZERO;
        for (int i = 0; i < equations.size(); i++) {
            SchnorrEquation equation = equations.get(i);
            Scalar coefficient = coefficient(random);
            ofBase = coefficient.multiplyAdd(equation.s, ofBase);
            points[2 * i] = AffinePoint.ofDecoded(equation.r);
            digits[2 * i] = signedDigits(coefficient, COEFFICIENT_BITS);
            points[2 * i + 1] = AffinePoint.ofDecoded(equation.a);
            digits[2 * i + 1] = signedDigits(coefficient.multiply(equation.k), SCALAR_BITS);
        }
        var sum = new EdwardsPoint();
        for (int window = SCALAR_BITS / width; window >= 0; window--) {
            for (int i = 0; i < width; i++) {
                arithmetic.twice(sum, i == width - 1);
            }
            collect(window);
            addBuckets(sum);
        }
        arithmetic.subtract(sum, new CachedPoint(BasePoint.multiply(ofBase)));
        return sum;
    }

    private static Scalar coefficient(RandomGenerator random) {
        Scalar coefficient = Scalar.ofWords(random.nextLong(), random.nextLong());
        // Zero would leave its equation out.
        return coefficient.isZero() ? Scalar.ofWords(1, 0) : coefficient;
    }

    /** Digits of radix 2^width within 2^(width-1), least first; the last one takes the last carry. */
    private short[] signedDigits(Scalar scalar, int bits) {
        short[] out = new short[bits / width + 1];
        int carry = 0;
        for (int i = 0; i < out.length; i++) {
            int digit = scalar.bits(i * width, width) + carry;
            carry = digit + (1 << width - 1) >>> width;
            out[i] = (short) (digit - (carry << width));
        }
        return out;
    }

    /** Puts every point into the bucket of its digit in this window. */
    private void collect(int window) {
        for (int i = 0; i < points.length; i++) {
            int digit = window < digits[i].length ? digits[i][window] : 0;
            if (digit > 0) {
                used[digit - 1] = true;
                arithmetic.add(buckets[digit - 1], points[i]);
            } else if (digit < 0) {
                used[-digit - 1] = true;
                arithmetic.subtract(buckets[-digit - 1], points[i]);
            }
        }
    }

    /** sum = sum + bucket[0] + 2 bucket[1] + 3 bucket[2] + .., and empties the buckets. */
    private void addBuckets(EdwardsPoint sum) {
        var running = new EdwardsPoint();
        boolean any = false;
        for (int i = buckets.length - 1; i >= 0; i--) {
            if (used[i]) {
                any = true;
                cached.set(buckets[i]);
                arithmetic.add(running, cached);
                buckets[i].setIdentity();
                used[i] = false;
            }
            if (any) {
                cached.set(running);
                arithmetic.add(sum, cached);
            }
        }
    }
}
