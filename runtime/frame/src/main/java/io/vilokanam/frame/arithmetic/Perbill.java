package io.vilokanam.frame.arithmetic;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo;

/** Parts of a billion, from none to all ({@code sp_arithmetic::per_things::Perbill}). */
public record Perbill(long parts) implements Comparable<Perbill> {

    private static final long ACCURACY = 1_000_000_000;

    public static final Perbill ZERO = new Perbill(0);
    public static final Perbill ONE = new Perbill(ACCURACY);

    /** A {@code u32}; more than a billion does not decode. */
    public static final Codec<Perbill> CODEC = Codecs.mapped(Codecs.U32, type(), Perbill::decoded, Perbill::parts);

    public Perbill {
        if (parts < 0 || parts > ACCURACY) {
            throw new IllegalArgumentException("a perbill goes from 0 to " + ACCURACY + ", got " + parts);
        }
    }

    private static TypeInfo type() {
        return struct(Perbill::new, field("", "u32", Codecs.U32, Perbill::parts))
                .named("sp_arithmetic::per_things::Perbill").type();
    }

    private static Perbill decoded(long parts) throws ScaleException {
        if (parts > ACCURACY) {
            throw new ScaleException("a perbill is at most " + ACCURACY + ", got " + parts);
        }
        return new Perbill(parts);
    }

    /** So many parts, at most all. */
    public static Perbill ofParts(long parts) {
        return parts >= ACCURACY ? ONE : new Perbill(parts);
    }

    public static Perbill ofPercent(int percent) {
        return ofParts(percent * (ACCURACY / 100));
    }

    /** {@code part / whole}, rounded down; all where the whole is nothing or less than the part. */
    public static Perbill ofRational(U128 part, U128 whole) {
        return whole.isZero() || part.isMoreThan(whole) ? ONE
                : new Perbill(U128.of(ACCURACY).scaledBy(part, whole).low());
    }

    /** As {@link #ofRational(U128, U128)}, of numbers below 2^32. */
    public static Perbill ofRational(long part, long whole) {
        return whole == 0 || part > whole ? ONE : new Perbill(ACCURACY * part / whole);
    }

    public boolean isAtLeast(Perbill other) {
        return parts >= other.parts;
    }

    public boolean isLessThan(Perbill other) {
        return parts < other.parts;
    }

    public boolean isMoreThan(Perbill other) {
        return parts > other.parts;
    }

    public Perbill min(Perbill other) {
        return parts <= other.parts ? this : other;
    }

    public Perbill max(Perbill other) {
        return parts >= other.parts ? this : other;
    }

    public Perbill saturatingPlus(Perbill other) {
        return ofParts(parts + other.parts);
    }

    public Perbill saturatingMinus(Perbill other) {
        return new Perbill(Math.max(parts - other.parts, 0));
    }

    /** The next lower value, or none. */
    public Perbill lessEpsilon() {
        return new Perbill(Math.max(parts - 1, 0));
    }

    /** The product, rounded down. */
    public Perbill times(Perbill other) {
        return new Perbill(parts * other.parts / ACCURACY);
    }

    /** So many times of it, at most all. */
    public Perbill timesSaturating(long count) {
        return count != 0 && parts > ACCURACY / count ? ONE : new Perbill(parts * count);
    }

    /** How often {@code other}, which is not zero, fits into it. */
    public long dividedInto(Perbill other) {
        return parts / other.parts;
    }

    /** The quotient rounded down; all where {@code other} is less. */
    public Perbill dividedDown(Perbill other) {
        return ofRational(parts, other.parts);
    }

    /** The quotient rounded up; all where {@code other} is less. */
    public Perbill dividedUp(Perbill other) {
        return other.parts == 0 || parts > other.parts ? ONE
                : new Perbill((ACCURACY * parts + other.parts - 1) / other.parts);
    }

    /** This share of a number below 2^32, rounded up. */
    public long ofCeiled(long amount) {
        return (amount * parts + ACCURACY - 1) / ACCURACY;
    }

    /** This share of an amount, rounded down. */
    public U128 ofFloored(U128 amount) {
        return amount.scaledBy(U128.of(parts), U128.of(ACCURACY));
    }

    @Override
    public int compareTo(Perbill other) {
        return Long.compare(parts, other.parts);
    }
}
