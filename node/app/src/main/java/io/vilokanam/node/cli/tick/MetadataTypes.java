package io.vilokanam.node.cli.tick;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** The types that a chain's metadata of version 14 lists ({@code scale_info::PortableRegistry}). */
final class MetadataTypes {

    /** "meta". */
    private static final long MAGIC = 0x6174_656d;
    private static final int VERSION = 14;

    private final Map<Long, TypeDefinition> definitions = new HashMap<>();
    private final Map<String, TypeDefinition> byName = new HashMap<>();

    private MetadataTypes() {}

    /** @throws ScaleException where it is no metadata of that version */
    static MetadataTypes read(byte[] metadata) throws ScaleException {
        ScaleInput in = new ScaleInput(metadata);
        if (in.u32() != MAGIC || in.u8() != VERSION) {
            throw new ScaleException("expected metadata of version " + VERSION);
        }
        MetadataTypes types = new MetadataTypes();
        for (long left = in.compactU32(); left > 0; left--) {
            types.readType(in);
        }
        return types;
    }

    /** The definition of a type by the last part of its path. */
    Optional<TypeDefinition> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private void readType(ScaleInput in) throws ScaleException {
        long id = in.compactU32();
        List<String> path = texts(in);
        for (long left = in.compactU32(); left > 0; left--) {
            in.string();
            if (in.bool()) {
                in.compactU32();
            }
        }
        TypeDefinition definition = definition(in);
        texts(in);
        definitions.put(id, definition);
        if (!path.isEmpty()) {
            byName.putIfAbsent(path.getLast(), definition);
        }
    }

    private TypeDefinition definition(ScaleInput in) throws ScaleException {
        int kind = in.u8();
        return switch (kind) {
            case 0 -> new TypeDefinition.Composite(fields(in));
            case 1 -> new TypeDefinition.Enumeration(variants(in));
            case 2 -> new TypeDefinition.Sequence(type(in));
            case 3 -> new TypeDefinition.Array(Math.toIntExact(in.u32()), type(in));
            case 4 -> {
                List<TypeInfo> elements = new ArrayList<>();
                for (long left = in.compactU32(); left > 0; left--) {
                    elements.add(type(in));
                }
                yield new TypeDefinition.Tuple(elements);
            }
            case 5 -> primitive(in.u8());
            case 6 -> new TypeDefinition.Compact(type(in));
            case 7 -> new TypeDefinition.BitSequence(type(in), type(in));
            default -> throw new ScaleException("no kind of type has the index " + kind);
        };
    }

    private static TypeDefinition primitive(int index) throws ScaleException {
        if (index >= TypeDefinition.Primitive.values().length) {
            throw new ScaleException("no primitive has the index " + index);
        }
        return TypeDefinition.Primitive.values()[index];
    }

    /** A type that may be listed later. */
    private TypeInfo type(ScaleInput in) throws ScaleException {
        long id = in.compactU32();
        return TypeInfo.named("type " + id, () -> definitions.get(id));
    }

    private List<TypeDefinition.Field> fields(ScaleInput in) throws ScaleException {
        List<TypeDefinition.Field> fields = new ArrayList<>();
        for (long left = in.compactU32(); left > 0; left--) {
            String name = optionalText(in);
            TypeInfo type = type(in);
            fields.add(new TypeDefinition.Field(name, type, optionalText(in), ""));
            texts(in);
        }
        return fields;
    }

    private List<TypeDefinition.Variant> variants(ScaleInput in) throws ScaleException {
        List<TypeDefinition.Variant> variants = new ArrayList<>();
        for (long left = in.compactU32(); left > 0; left--) {
            String name = in.string();
            List<TypeDefinition.Field> fields = fields(in);
            variants.add(new TypeDefinition.Variant(name, in.u8(), fields, ""));
            texts(in);
        }
        return variants;
    }

    private static String optionalText(ScaleInput in) throws ScaleException {
        return in.bool() ? in.string() : "";
    }

    private static List<String> texts(ScaleInput in) throws ScaleException {
        List<String> texts = new ArrayList<>();
        for (long left = in.compactU32(); left > 0; left--) {
            texts.add(in.string());
        }
        return texts;
    }
}
