package io.vilokanam.frame.genesis;

import java.math.BigInteger;
import java.util.Optional;

import io.vilokanam.primitives.text.RustText;

/**
 * A number of IEEE 754's binary64, in whole numbers: {@code mantissa * 2^exponent}, the mantissa below 2^53. Rounds to the
 * nearest, halves to the even one. Code inside the runtime knows no broken numbers; only the words of an error show one.
 */
record Binary64(boolean isNegative, BigInteger mantissa, int exponent) {

    private static final int PRECISION = 53;
    private static final int EXPONENT_MIN = -1074;
    private static final int EXPONENT_MAX = 971;
    private static final int POWER_OF_TEN_MAX = 308;
    private static final int DIGITS_MAX = 17;

    /**
     * {@code significand * 10^exponent} as serde_json computes it: rounded after each step, not exactly.
     *
     * @return empty where that is beyond the largest number
     */
    static Optional<Binary64> ofParts(boolean isNegative, BigInteger significand, int exponent) {
        Binary64 value = rounded(isNegative, significand, BigInteger.ONE);
        int left = exponent;
        while (Math.abs((long) left) > POWER_OF_TEN_MAX) {
            if (value.mantissa.signum() == 0) {
                return Optional.of(value);
            }
            if (left >= 0) {
                return Optional.empty();
            }
            value = value.dividedBy(powerOfTen(POWER_OF_TEN_MAX));
            left += POWER_OF_TEN_MAX;
        }
        Binary64 power = powerOfTen(Math.abs(left));
        Binary64 result = left >= 0 ? value.times(power) : value.dividedBy(power);
        return result.exponent > EXPONENT_MAX ? Optional.empty() : Optional.of(result);
    }

    private static Binary64 powerOfTen(int power) {
        return rounded(false, BigInteger.TEN.pow(power), BigInteger.ONE);
    }

    private Binary64 times(Binary64 other) {
        return scaled(mantissa.multiply(other.mantissa), BigInteger.ONE, exponent + other.exponent);
    }

    private Binary64 dividedBy(Binary64 other) {
        return scaled(mantissa, other.mantissa, exponent - other.exponent);
    }

    private Binary64 scaled(BigInteger numerator, BigInteger denominator, int power) {
        return power >= 0 ? rounded(isNegative, numerator.shiftLeft(power), denominator)
                : rounded(isNegative, numerator, denominator.shiftLeft(-power));
    }

    private static Binary64 rounded(boolean isNegative, BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() == 0) {
            return new Binary64(isNegative, BigInteger.ZERO, EXPONENT_MIN);
        }
        int power = Math.max(EXPONENT_MIN, numerator.bitLength() - denominator.bitLength() - PRECISION);
        BigInteger mantissa = nearest(numerator, denominator, power);
        if (mantissa.bitLength() > PRECISION) {
            power++;
            mantissa = nearest(numerator, denominator, power);
        }
        // The rounding itself may have carried into one more bit.
        return mantissa.bitLength() > PRECISION ? new Binary64(isNegative, mantissa.shiftRight(1), power + 1)
                : new Binary64(isNegative, mantissa, power);
    }

    /** The whole number nearest to {@code numerator / denominator / 2^power}. */
    private static BigInteger nearest(BigInteger numerator, BigInteger denominator, int power) {
        BigInteger above = power >= 0 ? numerator : numerator.shiftLeft(-power);
        BigInteger below = power >= 0 ? denominator.shiftLeft(power) : denominator;
        BigInteger[] parts = above.divideAndRemainder(below);
        int half = parts[1].shiftLeft(1).compareTo(below);
        return half > 0 || half == 0 && parts[0].testBit(0) ? parts[0].add(BigInteger.ONE) : parts[0];
    }

    /** The fewest digits that no other number is nearer to, laid out as the Rust crate ryu does: {@code 1.5}, {@code 1e20}. */
    @Override
    public String toString() {
        String sign = isNegative ? "-" : "";
        return mantissa.signum() == 0 ? sign + "0.0" : sign + laidOut();
    }

    private String laidOut() {
        int whole = wholeDigits();
        BigInteger shortest = BigInteger.ZERO;
        int count = 0;
        while (shortest.signum() == 0 && count < DIGITS_MAX) {
            count++;
            shortest = digits(whole - count);
        }
        String padded = shortest.toString();
        return RustText.number(stripped(padded), whole - count + padded.length());
    }

    private static String stripped(String digits) {
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    /** How many digits stand before the point; fewer than one where zeros follow it. */
    private int wholeDigits() {
        BigInteger numerator = exponent >= 0 ? mantissa.shiftLeft(exponent) : mantissa;
        BigInteger denominator = exponent >= 0 ? BigInteger.ONE : BigInteger.ONE.shiftLeft(-exponent);
        BigInteger quotient = numerator.divide(denominator);
        if (quotient.signum() > 0) {
            return quotient.toString().length();
        }
        int digits = 1;
        BigInteger scaled = numerator;
        while (scaled.compareTo(denominator) < 0) {
            scaled = scaled.multiply(BigInteger.TEN);
            digits--;
        }
        return digits;
    }

    /** The multiple of {@code 10^power} nearest to this, if it is nearer to this than to other numbers; or else zero. */
    private BigInteger digits(int power) {
        // All in quarters of the mantissa's last bit.
        BigInteger quarters = mantissa.shiftLeft(2);
        boolean isLowest = mantissa.bitCount() == 1 && mantissa.bitLength() == PRECISION && exponent > EXPONENT_MIN;
        BigInteger low = quarters.subtract(BigInteger.valueOf(isLowest ? 1 : 2));
        BigInteger high = quarters.add(BigInteger.TWO);
        int shift = exponent - 2;
        BigInteger unit = power >= 0 ? BigInteger.TEN.pow(power) : BigInteger.ONE;
        BigInteger scale = power >= 0 ? BigInteger.ONE : BigInteger.TEN.pow(-power);
        BigInteger left = shift >= 0 ? scale.shiftLeft(shift) : scale;
        BigInteger right = shift >= 0 ? unit : unit.shiftLeft(-shift);
        BigInteger value = quarters.multiply(left);
        BigInteger below = value.divide(right);
        BigInteger above = below.add(BigInteger.ONE);
        boolean belowFits = fits(below.multiply(right), low.multiply(left), high.multiply(left));
        boolean aboveFits = fits(above.multiply(right), low.multiply(left), high.multiply(left));
        if (belowFits && aboveFits) {
            int nearer = value.subtract(below.multiply(right)).compareTo(above.multiply(right).subtract(value));
            return nearer < 0 || nearer == 0 && !below.testBit(0) ? below : above;
        }
        if (belowFits) {
            return below;
        }
        return aboveFits ? above : BigInteger.ZERO;
    }

    private boolean fits(BigInteger candidate, BigInteger low, BigInteger high) {
        int margin = mantissa.testBit(0) ? 1 : 0;
        return candidate.compareTo(low) >= margin && high.compareTo(candidate) >= margin;
    }
}
