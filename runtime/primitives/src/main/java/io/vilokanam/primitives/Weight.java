package io.vilokanam.primitives;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * What a computation costs: {@code refTime} in picoseconds on the reference machine, {@code proofSize} in bytes. Both are
 * unsigned 64-bit numbers.
 */
public record Weight(long refTime, long proofSize) {

    public static final Weight ZERO = new Weight(0, 0);
    public static final Weight MAX = new Weight(-1, -1);

    public static final Codec<Weight> CODEC = struct(Weight::new,
            field("ref_time", "u64", Codecs.COMPACT_U64, Weight::refTime),
            field("proof_size", "u64", Codecs.COMPACT_U64, Weight::proofSize)).named("sp_weights::weight_v2::Weight");

    /** Saturating in both parts, as all weight arithmetic of FRAME that does not say otherwise. */
    public Weight plus(Weight other) {
        return new Weight(plus(refTime, other.refTime), plus(proofSize, other.proofSize));
    }

    /** Whether the sum is more than 2^64 - 1 in either part. */
    public boolean wouldOverflow(Weight other) {
        return Long.compareUnsigned(refTime + other.refTime, refTime) < 0
                || Long.compareUnsigned(proofSize + other.proofSize, proofSize) < 0;
    }

    /** At least zero in both parts. */
    public Weight minus(Weight other) {
        return new Weight(minus(refTime, other.refTime), minus(proofSize, other.proofSize));
    }

    /** Saturating in both parts. */
    public Weight times(long factor) {
        return new Weight(times(refTime, factor), times(proofSize, factor));
    }

    public Weight plusRefTime(long more) {
        return new Weight(plus(refTime, more), proofSize);
    }

    public Weight plusProofSize(long more) {
        return new Weight(refTime, plus(proofSize, more));
    }

    /** Whether either part is more than that of {@code limit}. */
    public boolean anyAbove(Weight limit) {
        return Long.compareUnsigned(refTime, limit.refTime) > 0 || Long.compareUnsigned(proofSize, limit.proofSize) > 0;
    }

    public Weight min(Weight other) {
        return new Weight(Long.compareUnsigned(refTime, other.refTime) < 0 ? refTime : other.refTime,
                Long.compareUnsigned(proofSize, other.proofSize) < 0 ? proofSize : other.proofSize);
    }

    public Weight max(Weight other) {
        return new Weight(Long.compareUnsigned(refTime, other.refTime) > 0 ? refTime : other.refTime,
                Long.compareUnsigned(proofSize, other.proofSize) > 0 ? proofSize : other.proofSize);
    }

    private static long plus(long a, long b) {
        long sum = a + b;
        return Long.compareUnsigned(sum, a) < 0 ? -1 : sum;
    }

    private static long minus(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 0 : a - b;
    }

    private static long times(long a, long b) {
        return a != 0 && Long.compareUnsigned(b, Long.divideUnsigned(-1, a)) > 0 ? -1 : a * b;
    }
}
