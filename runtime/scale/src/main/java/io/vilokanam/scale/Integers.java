package io.vilokanam.scale;

import java.math.BigInteger;

import io.vilokanam.scale.type.TypeDefinition.Primitive;
import io.vilokanam.scale.type.TypeInfo;

/**
 * The integers that few types use: signed ones in two's complement, 256-bit ones and compacts of uncommon width. All are
 * little endian; the frequent ones stand in {@link Codecs}.
 */
public final class Integers {

    public static final Codec<Integer> I8 = Codecs.of(TypeInfo.primitive(Primitive.I8), (out, v) -> out.u8(v),
            in -> (int) (byte) in.u8());
    public static final Codec<Integer> I16 = Codecs.of(TypeInfo.primitive(Primitive.I16), (out, v) -> out.u16(v),
            in -> (int) (short) in.u16());
    public static final Codec<Integer> I32 = Codecs.of(TypeInfo.primitive(Primitive.I32), (out, v) -> out.u32(v),
            in -> (int) in.u32());
    public static final Codec<Long> I64 = Codecs.of(TypeInfo.primitive(Primitive.I64), (out, v) -> out.u64(v),
            ScaleInput::u64);
    public static final Codec<BigInteger> I128 = fixed(Primitive.I128, 16, true);
    public static final Codec<BigInteger> U256 = fixed(Primitive.U256, 32, false);
    public static final Codec<BigInteger> I256 = fixed(Primitive.I256, 32, true);

    public static final Codec<Integer> COMPACT_U8 = narrow(Codecs.U8.type(), 0xff);
    public static final Codec<Integer> COMPACT_U16 = narrow(Codecs.U16.type(), 0xffff);

    private Integers() {}

    private static Codec<Integer> narrow(TypeInfo type, int max) {
        return Codecs.of(TypeInfo.compact(type), (out, value) -> out.compact(value), in -> {
            long value = in.compactU32();
            if (value > max) {
                throw new ScaleException("compact integer goes up to " + max + ", got " + value);
            }
            return (int) value;
        });
    }

    private static Codec<BigInteger> fixed(Primitive primitive, int width, boolean signed) {
        return Codecs.of(TypeInfo.primitive(primitive), (out, value) -> {
            if (!signed && value.signum() < 0 || value.bitLength() > 8 * width - (signed ? 1 : 0)) {
                throw new IllegalArgumentException(primitive + " cannot hold " + value);
            }
            for (int i = 0; i < width; i++) {
                out.u8(value.shiftRight(8 * i).intValue());
            }
        }, in -> {
            byte[] little = in.raw(width);
            byte[] big = new byte[width];
            for (int i = 0; i < width; i++) {
                big[i] = little[width - 1 - i];
            }
            return signed ? new BigInteger(big) : new BigInteger(1, big);
        });
    }
}
