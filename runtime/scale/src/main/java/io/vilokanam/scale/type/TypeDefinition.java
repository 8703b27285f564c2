package io.vilokanam.scale.type;

import java.util.List;

/** What a type is made of: the {@code TypeDef} of scale-info, in the order of its indices. */
public sealed interface TypeDefinition {

    record Composite(List<Field> fields) implements TypeDefinition {}

    record Enumeration(List<Variant> variants) implements TypeDefinition {}

    record Sequence(TypeInfo element) implements TypeDefinition {}

    record Array(int length, TypeInfo element) implements TypeDefinition {}

    record Tuple(List<TypeInfo> elements) implements TypeDefinition {}

    /** The order is that of scale-info's {@code TypeDefPrimitive}: the ordinal is the index on the wire. */
    enum Primitive implements TypeDefinition {
        BOOL, CHAR, STR, U8, U16, U32, U64, U128, U256, I8, I16, I32, I64, I128, I256
    }

    record Compact(TypeInfo element) implements TypeDefinition {}

    record BitSequence(TypeInfo store, TypeInfo order) implements TypeDefinition {}

    /** A field of a composite or variant; {@code name} is empty in tuples, {@code typeName} where none is given. */
    record Field(String name, TypeInfo type, String typeName, String docs) {
        public static Field unnamed(TypeInfo type) {
            return new Field("", type, "", "");
        }
    }

    record Variant(String name, int index, List<Field> fields, String docs) {}
}
