package io.vilokanam.frame.metadata;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeDefinition.Primitive;

/** What a type is made of, its parts given by id ({@code scale_info::TypeDef}). */
public sealed interface PortableDefinition {

    record Composite(List<Field> fields) implements PortableDefinition {}

    record Enumeration(List<Variant> variants) implements PortableDefinition {}

    record Sequence(int element) implements PortableDefinition {}

    /** @param length a u32 */
    record Array(long length, int element) implements PortableDefinition {}

    record Tuple(List<Integer> elements) implements PortableDefinition {}

    record OfPrimitive(Primitive primitive) implements PortableDefinition {}

    record Compact(int element) implements PortableDefinition {}

    record BitSequence(int store, int order) implements PortableDefinition {}

    /** A field; tuples have no names, and built-in code no type names. */
    record Field(Optional<String> name, int type, Optional<String> typeName, List<String> docs) {
        static final Codec<Field> CODEC = struct(Field::new, field(Codecs.option(Codecs.STRING), Field::name),
                field(TypeId.CODEC, Field::type), field(Codecs.option(Codecs.STRING), Field::typeName),
                field(Codecs.vec(Codecs.STRING), Field::docs)).tuple();
    }

    record Variant(String name, List<Field> fields, int index, List<String> docs) {
        static final Codec<Variant> CODEC = struct(Variant::new, field(Codecs.STRING, Variant::name),
                field(Codecs.vec(Field.CODEC), Variant::fields), field(Codecs.U8, Variant::index),
                field(Codecs.vec(Codecs.STRING), Variant::docs)).tuple();
    }

    Codec<Primitive> PRIMITIVE = Variants.ofEnum("scale_info::TypeDefPrimitive", Primitive.values(), "Bool", "Char",
            "Str",
            "U8", "U16", "U32", "U64", "U128", "U256", "I8", "I16", "I32", "I64", "I128", "I256");

    Codec<PortableDefinition> CODEC = Variants.of(PortableDefinition.class)
            .with(0, "Composite", Composite.class,
                    struct(Composite::new, field(Codecs.vec(Field.CODEC), Composite::fields)))
            .with(1, "Variant", Enumeration.class,
                    struct(Enumeration::new, field(Codecs.vec(Variant.CODEC), Enumeration::variants)))
            .with(2, "Sequence", Sequence.class, struct(Sequence::new, field(TypeId.CODEC, Sequence::element)))
            .with(3, "Array", Array.class,
                    struct(Array::new, field(Codecs.U32, Array::length), field(TypeId.CODEC, Array::element)))
            .with(4, "Tuple", Tuple.class, struct(Tuple::new, field(Codecs.vec(TypeId.CODEC), Tuple::elements)))
            .with(5, "Primitive", OfPrimitive.class, struct(OfPrimitive::new, field(PRIMITIVE, OfPrimitive::primitive)))
            .with(6, "Compact", Compact.class, struct(Compact::new, field(TypeId.CODEC, Compact::element)))
            .with(7, "BitSequence", BitSequence.class, struct(BitSequence::new, field(TypeId.CODEC, BitSequence::store),
                    field(TypeId.CODEC, BitSequence::order)))
            .complete().as(Codecs.UNIT.type());
}
