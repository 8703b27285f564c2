package io.vilokanam.node.cli.tick;

import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** Passes over values in SCALE of which nothing is known but their types. */
final class SkippedValue {

    private SkippedValue() {}

    static void skip(TypeInfo type, ScaleInput in) throws ScaleException {
        switch (type.definition().get()) {
            case TypeDefinition.Composite(var fields) -> {
                for (TypeDefinition.Field field : fields) {
                    skip(field.type(), in);
                }
            }
            case TypeDefinition.Enumeration variants -> skip(variant(variants, in), in);
            case TypeDefinition.Sequence(var element) -> skip(element, in.compactU32(), in);
            case TypeDefinition.Array(int length, var element) -> skip(element, length, in);
            case TypeDefinition.Tuple(var elements) -> {
                for (TypeInfo element : elements) {
                    skip(element, in);
                }
            }
            case TypeDefinition.Primitive primitive -> skip(primitive, in);
            case TypeDefinition.Compact _ -> in.compactBig();
            case TypeDefinition.BitSequence _ ->
                in.skip(Math.toIntExact((in.compactU32() + Byte.SIZE - 1) / Byte.SIZE));
        }
    }

    private static void skip(TypeInfo element, long count, ScaleInput in) throws ScaleException {
        for (long i = 0; i < count; i++) {
            skip(element, in);
        }
    }

    static void skip(TypeDefinition.Variant variant, ScaleInput in) throws ScaleException {
        for (TypeDefinition.Field field : variant.fields()) {
            skip(field.type(), in);
        }
    }

    /** Reads which of the variants comes. */
    static TypeDefinition.Variant variant(TypeDefinition.Enumeration of, ScaleInput in) throws ScaleException {
        int at = in.position();
        int index = in.u8();
        for (TypeDefinition.Variant variant : of.variants()) {
            if (variant.index() == index) {
                return variant;
            }
        }
        throw new ScaleException("byte " + at + ": no variant has the index " + index);
    }

    private static void skip(TypeDefinition.Primitive primitive, ScaleInput in) throws ScaleException {
        switch (primitive) {
            case BOOL, U8, I8 -> in.skip(1);
            case U16, I16 -> in.skip(Short.BYTES);
            case CHAR, U32, I32 -> in.skip(Integer.BYTES);
            case U64, I64 -> in.skip(Long.BYTES);
            case U128, I128 -> in.skip(2 * Long.BYTES);
            case U256, I256 -> in.skip(4 * Long.BYTES);
            case STR -> in.bytes();
        }
    }
}
