package io.vilokanam.primitives.extrinsic;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.type.TypeDefinition.Enumeration;
import io.vilokanam.scale.type.TypeDefinition.Field;
import io.vilokanam.scale.type.TypeDefinition.Variant;
import io.vilokanam.scale.type.TypeInfo;

/**
 * In which blocks a transaction may stand ({@code sp_runtime::generic::Era}). Time is cut into periods; a mortal transaction
 * names the length of its period and the phase in it at which it was born, lives for one period, and signs over the hash of
 * the block of its birth. Block numbers are unsigned 64-bit here.
 */
public sealed interface Era {

    long PERIOD_MIN = 4;
    long PERIOD_MAX = 1 << 16;

    /** Valid for ever; signs over the genesis hash. */
    record Immortal() implements Era {}

    /**
     * @param period a power of two from 4 to 65,536
     * @param phase below the period, and a multiple of {@code max(period / 4096, 1)}: what two bytes can hold
     */
    record Mortal(long period, long phase) implements Era {
        public Mortal {
            if (period < PERIOD_MIN || period > PERIOD_MAX || Long.bitCount(period) != 1) {
                throw new IllegalArgumentException("a period is a power of two from 4 to 65536, got " + period);
            }
            if (phase < 0 || phase >= period || phase % quantum(period) != 0) {
                throw new IllegalArgumentException("phase " + phase + " is none of period " + period);
            }
        }
    }

    Era IMMORTAL = new Immortal();

    Codec<Era> CODEC = Codecs.codec(type(), era -> {
        ScaleOutput out = new ScaleOutput();
        switch (era) {
            case Immortal() -> out.u8(0);
            case Mortal(long period, long phase) ->
                out.u16(Long.numberOfTrailingZeros(period) - 1 | (int) (phase / quantum(period)) << 4);
        }
        return out.toByteArray();
    }, Era::decode);

    /** Born at {@code current}: the period is rounded up to a power of two within the limits, the phase down to a quantum. */
    static Era mortal(long period, long current) {
        long power = period > PERIOD_MAX || period < 0 ? PERIOD_MAX
                : period <= PERIOD_MIN ? PERIOD_MIN : Long.highestOneBit(period - 1) << 1;
        long phase = current & power - 1;
        return new Mortal(power, phase - phase % quantum(power));
    }

    /** The block whose hash is signed over, for a transaction seen at {@code current}. */
    default long birth(long current) {
        return switch (this) {
            case Immortal() -> 0;
            case Mortal(long period, long phase) ->
                (Long.compareUnsigned(current, phase) < 0 ? 0 : current - phase & -period) + phase;
        };
    }

    /** The first block in which the transaction is no longer valid; all ones for an immortal one. */
    default long death(long current) {
        return switch (this) {
            case Immortal() -> -1;
            case Mortal(long period, _) -> birth(current) + period;
        };
    }

    private static Era decode(ScaleInput in) throws ScaleException {
        int first = in.u8();
        if (first == 0) {
            return IMMORTAL;
        }
        int encoded = first | in.u8() << 8;
        long period = 2L << (encoded & 15);
        long phase = (encoded >> 4) * quantum(period);
        if (period < PERIOD_MIN || phase >= period) {
            throw new ScaleException("era of period " + period + " has no phase " + phase);
        }
        return new Mortal(period, phase);
    }

    private static long quantum(long period) {
        return Math.max(period >> 12, 1);
    }

    /** Metadata cannot say "one byte, or two if the first is not zero", so there is a variant for each first byte. */
    private static TypeInfo type() {
        return TypeInfo.named("sp_runtime::generic::era::Era", () -> {
            List<Variant> variants = new ArrayList<>();
            variants.add(new Variant("Immortal", 0, List.of(), ""));
            for (int first = 1; first < 256; first++) {
                variants.add(new Variant("Mortal" + first, first, List.of(Field.unnamed(Codecs.U8.type())), ""));
            }
            return new Enumeration(variants);
        });
    }
}
