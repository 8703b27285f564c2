package io.vilokanam.runtime.differential;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;

import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** Values of any described type, in SCALE, from a seed; and broken ones. */
public final class RandomValues {

    private static final int DEPTH_MAX = 40;
    private static final int ELEMENTS_MAX = 4;
    private static final int BYTES_MAX = 70;

    private final SplittableRandom random;

    public RandomValues(SplittableRandom random) {
        this.random = random;
    }

    public byte[] of(TypeInfo type) {
        ScaleOutput out = new ScaleOutput();
        write(type, out, 0);
        return out.toByteArray();
    }

    private void write(TypeInfo type, ScaleOutput out, int depth) {
        switch (type.definition().get()) {
            case TypeDefinition.Composite(var fields) -> writeFields(fields, out, depth);
            case TypeDefinition.Enumeration(var variants) when variants.isEmpty() -> out.u8(0); // there is no such value
            case TypeDefinition.Enumeration(var variants) -> {
                var variant = depth > DEPTH_MAX ? variants.getFirst() : variants.get(random.nextInt(variants.size()));
                writeFields(variant.fields(), out.u8(variant.index()), depth);
            }
            case TypeDefinition.Sequence(TypeInfo element) -> {
                boolean bytes = element.definition().get() == TypeDefinition.Primitive.U8;
                int count = depth > DEPTH_MAX ? 0 : random.nextInt(bytes ? BYTES_MAX : ELEMENTS_MAX);
                repeat(count, element, out.compact(count), depth);
            }
            case TypeDefinition.Array(int length, TypeInfo element) -> repeat(length, element, out, depth);
            case TypeDefinition.Tuple(var elements) -> elements.forEach(element -> write(element, out, depth + 1));
            case TypeDefinition.Primitive primitive -> write(primitive, out);
            case TypeDefinition.Compact(TypeInfo element) -> writeCompact(element, out);
            case TypeDefinition.BitSequence _ -> out.compact(3).u8(random.nextInt(8));
        }
    }

    private void writeFields(List<TypeDefinition.Field> fields, ScaleOutput out, int depth) {
        fields.forEach(field -> write(field.type(), out, depth + 1));
    }

    private void repeat(int count, TypeInfo element, ScaleOutput out, int depth) {
        for (int i = 0; i < count; i++) {
            write(element, out, depth + 1);
        }
    }

    private void write(TypeDefinition.Primitive primitive, ScaleOutput out) {
        switch (primitive) {
            case BOOL -> out.bool(random.nextBoolean());
            case STR -> out.string("s" + random.nextInt(10));
            case U8, I8 -> out.u8(random.nextInt(256));
            case U16, I16 -> out.u16((int) number(16));
            case U32, I32, CHAR -> out.u32(number(32));
            case U64, I64 -> out.u64(number(64));
            case U128, I128 -> out.u128(wide());
            case U256, I256 -> out.u128(wide()).u128(wide());
        }
    }

    private void writeCompact(TypeInfo element, ScaleOutput out) {
        switch (element.definition().get()) {
            case TypeDefinition.Primitive.U8 -> out.compact(random.nextInt(256));
            case TypeDefinition.Primitive.U16 -> out.compact(number(16));
            case TypeDefinition.Primitive.U32 -> out.compact(number(32));
            case TypeDefinition.Primitive.U64 -> out.compact(new BigInteger(Long.toUnsignedString(number(64))));
            case TypeDefinition.Primitive.U128 -> out.compact(wide());
            case TypeDefinition.Composite(var fields) -> fields.forEach(field -> writeCompact(field.type(), out));
            default -> {
            } // the compact of nothing
        }
    }

    /** An unsigned number: small ones, the edges, any. */
    long number(int bits) {
        long max = bits == 64 ? -1 : (1L << bits) - 1;
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> max;
            case 2 -> max - random.nextInt(3) & max;
            case 3 -> random.nextLong() & max;
            default -> random.nextInt(40);
        };
    }

    private U128 wide() {
        return random.nextInt(3) == 0 ? U128.of(random.nextLong(), random.nextLong()) : U128.of(number(64));
    }

    /** A copy with something wrong: cut, longer, bits turned over, a length that is not there. */
    byte[] broken(byte[] bytes) {
        byte[] copy = bytes.clone();
        return switch (random.nextInt(5)) {
            case 0 -> java.util.Arrays.copyOf(copy, random.nextInt(copy.length + 1));
            case 1 -> java.util.Arrays.copyOf(copy, copy.length + 1 + random.nextInt(3));
            case 2 -> bytes(random.nextInt(BYTES_MAX));
            default -> {
                for (int i = random.nextInt(3); i >= 0 && copy.length > 0; i--) {
                    int at = random.nextInt(random.nextBoolean() ? copy.length : Math.min(copy.length, 8));
                    copy[at] = random.nextInt(3) == 0 ? (byte) 0xff : (byte) (copy[at] ^ 1 << random.nextInt(8));
                }
                yield copy;
            }
        };
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
