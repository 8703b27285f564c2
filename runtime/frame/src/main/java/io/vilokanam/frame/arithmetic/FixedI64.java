package io.vilokanam.frame.arithmetic;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.math.BigInteger;
import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Integers;

/** A signed number of billionths ({@code sp_arithmetic::fixed_point::FixedI64}). */
public record FixedI64(long inner) {

    private static final BigInteger DIV = BigInteger.valueOf(1_000_000_000);

    public static final Codec<FixedI64> CODEC = struct(FixedI64::new,
            field("", "i64", Integers.I64, FixedI64::inner)).named("sp_arithmetic::fixed_point::FixedI64");

    public static FixedI64 of(Perbill share) {
        return new FixedI64(share.parts());
    }

    /** The sum; like Rust's in a release build it wraps at the edges. */
    public FixedI64 plus(FixedI64 other) {
        return new FixedI64(inner + other.inner);
    }

    /** The difference; like Rust's in a release build it wraps at the edges. */
    public FixedI64 minus(FixedI64 other) {
        return new FixedI64(inner - other.inner);
    }

    /** The quotient, rounded towards negative infinity; empty where it does not fit or the divisor is zero. */
    public Optional<FixedI64> dividedLow(FixedI64 divisor) {
        return divided(divisor, false);
    }

    /** The quotient, rounded towards positive infinity; empty where it does not fit or the divisor is zero. */
    public Optional<FixedI64> dividedHigh(FixedI64 divisor) {
        return divided(divisor, true);
    }

    private Optional<FixedI64> divided(FixedI64 divisor, boolean high) {
        if (divisor.inner == 0) {
            return Optional.empty();
        }
        BigInteger[] parts = BigInteger.valueOf(inner).multiply(DIV).divideAndRemainder(
                BigInteger.valueOf(divisor.inner));
        boolean isNegative = inner < 0 != divisor.inner < 0;
        BigInteger quotient = parts[0];
        if (parts[1].signum() != 0 && high != isNegative) {
            quotient = quotient.add(BigInteger.valueOf(isNegative ? -1 : 1));
        }
        return quotient.bitLength() < Long.SIZE ? Optional.of(new FixedI64(quotient.longValue())) : Optional.empty();
    }

    /** As a share; what is below none or above all is cut off. */
    public Perbill clamped() {
        return Perbill.ofParts(Math.max(inner, 0));
    }

    /** As a share, if it is one. */
    public Optional<Perbill> asPerbill() {
        return inner < 0 || inner > DIV.longValue() ? Optional.empty() : Optional.of(new Perbill(inner));
    }
}
