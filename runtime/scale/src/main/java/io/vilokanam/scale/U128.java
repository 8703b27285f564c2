package io.vilokanam.scale;

import java.math.BigInteger;

/**
 * An unsigned 128-bit number, as two halves. Arithmetic says what it does at the edges: plain names throw
 * {@link ArithmeticException} (a broken invariant), {@code saturating…} stop at the edge, {@code would…} ask before.
 */
public final class U128 implements Comparable<U128> {

    public static final U128 ZERO = new U128(0, 0);
    public static final U128 ONE = new U128(0, 1);
    public static final U128 MAX = new U128(-1, -1);

    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    private final long high;
    private final long low;

    private U128(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** The number whose upper and lower 64 bits are given, both unsigned. */
    public static U128 of(long high, long low) {
        return high == 0 && low == 0 ? ZERO : new U128(high, low);
    }

    /** A number from an unsigned long. */
    public static U128 of(long unsigned) {
        return of(0, unsigned);
    }

    /** @throws IllegalArgumentException outside of 0 to 2^128 - 1 */
    public static U128 of(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 128) {
            throw new IllegalArgumentException("u128 goes from 0 to 2^128 - 1, got " + value);
        }
        return of(value.shiftRight(64).longValue(), value.longValue());
    }

    /** Reads decimal digits. */
    public static U128 parse(String decimal) {
        return of(new BigInteger(decimal));
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    public boolean isZero() {
        return (high | low) == 0;
    }

    public boolean isAtLeast(U128 other) {
        return compareTo(other) >= 0;
    }

    public boolean isLessThan(U128 other) {
        return compareTo(other) < 0;
    }

    public boolean isMoreThan(U128 other) {
        return compareTo(other) > 0;
    }

    public U128 min(U128 other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public U128 max(U128 other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Whether {@code this + other} is more than 2^128 - 1. */
    public boolean wouldOverflow(U128 other) {
        return wrappingPlus(other).isLessThan(this);
    }

    public U128 plus(U128 other) {
        U128 sum = wrappingPlus(other);
        if (sum.isLessThan(this)) {
            throw new ArithmeticException("u128 overflow: " + this + " + " + other);
        }
        return sum;
    }

    public U128 saturatingPlus(U128 other) {
        U128 sum = wrappingPlus(other);
        return sum.isLessThan(this) ? MAX : sum;
    }

    private U128 wrappingPlus(U128 other) {
        long sum = low + other.low;
        long carry = sum + Long.MIN_VALUE < low + Long.MIN_VALUE ? 1 : 0;
        return of(high + other.high + carry, sum);
    }

    public U128 minus(U128 other) {
        if (isLessThan(other)) {
            throw new ArithmeticException("u128 underflow: " + this + " - " + other);
        }
        return wrappingMinus(other);
    }

    public U128 saturatingMinus(U128 other) {
        return isLessThan(other) ? ZERO : wrappingMinus(other);
    }

    private U128 wrappingMinus(U128 other) {
        long borrow = low + Long.MIN_VALUE < other.low + Long.MIN_VALUE ? 1 : 0;
        return of(high - other.high - borrow, low - other.low);
    }

    public U128 times(U128 other) {
        if (isProductShort(other)) {
            return of(low * other.low);
        }
        BigInteger product = toBigInteger().multiply(other.toBigInteger());
        if (product.bitLength() > 128) {
            throw new ArithmeticException("u128 overflow: " + this + " * " + other);
        }
        return of(product);
    }

    public U128 saturatingTimes(U128 other) {
        if (isProductShort(other)) {
            return of(low * other.low);
        }
        BigInteger product = toBigInteger().multiply(other.toBigInteger());
        return product.bitLength() > 128 ? MAX : of(product);
    }

    /** Whether the product with another number is below 2^63 for certain: money mostly is, and that needs no big numbers. */
    private boolean isProductShort(U128 other) {
        return (high | other.high) == 0
                && Long.numberOfLeadingZeros(low) + Long.numberOfLeadingZeros(other.low) > Long.SIZE;
    }

    /** Whether it is below 2^63. */
    private boolean isShort() {
        return high == 0 && low >= 0;
    }

    /** The quotient rounded down. */
    public U128 dividedBy(U128 other) {
        if (isShort() && other.isShort()) {
            return of(low / other.low);
        }
        return of(toBigInteger().divide(other.toBigInteger()));
    }

    /** {@code floor(this * numerator / denominator)} without overflow in between; at most 2^128 - 1. */
    public U128 scaledBy(U128 numerator, U128 denominator) {
        if (numerator.equals(denominator) && !denominator.isZero()) {
            return this;
        }
        if (isProductShort(numerator) && denominator.isShort()) {
            return of(low * numerator.low / denominator.low);
        }
        BigInteger result = toBigInteger().multiply(numerator.toBigInteger()).divide(denominator.toBigInteger());
        return result.bitLength() > 128 ? MAX : of(result);
    }

    public BigInteger toBigInteger() {
        return unsigned(high).multiply(TWO_64).add(unsigned(low));
    }

    private static BigInteger unsigned(long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return value < 0 ? signed.add(TWO_64) : signed;
    }

    /** The number as an unsigned long; all ones where it is larger. */
    public long saturatedToU64() {
        return high == 0 ? low : -1;
    }

    @Override
    public int compareTo(U128 other) {
        return high != other.high ? Long.compareUnsigned(high, other.high) : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof U128 number && high == number.high && low == number.low;
    }

    @Override
    public int hashCode() {
        return (int) (low ^ low >>> 32 ^ 31 * high);
    }

    /** Decimal digits. */
    @Override
    public String toString() {
        return high == 0 && low >= 0 ? Long.toString(low) : toBigInteger().toString();
    }
}
