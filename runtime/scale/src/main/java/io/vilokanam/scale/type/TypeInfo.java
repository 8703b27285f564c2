package io.vilokanam.scale.type;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A type as scale-info describes it. Two infos with the same {@link #key()} are one entry of the type registry, as two
 * equal Rust type ids are. The definition is asked for lazily, so a type may hold itself.
 *
 * @param key what tells the type from all others
 * @param path the Rust module path with the type's name last; empty for built-in types
 * @param parameters the generic parameters, in order
 */
public record TypeInfo(String key, List<String> path, List<TypeParameter> parameters,
        Supplier<TypeDefinition> definition,
        String docs) {

    /** A generic parameter; {@code type} is empty where scale-info skips it. */
    public record TypeParameter(String name, Optional<TypeInfo> type) {
        public static TypeParameter of(String name, TypeInfo type) {
            return new TypeParameter(name, Optional.of(type));
        }

        public static TypeParameter skipped(String name) {
            return new TypeParameter(name, Optional.empty());
        }
    }

    /** A type with a path, told from others by path and parameters. */
    public static TypeInfo named(String path, List<TypeParameter> parameters, Supplier<TypeDefinition> definition) {
        StringBuilder key = new StringBuilder(path);
        if (!parameters.isEmpty()) {
            key.append('<');
            parameters.forEach(p -> key.append(p.type().map(TypeInfo::key).orElse("_")).append(','));
            key.append('>');
        }
        return new TypeInfo(key.toString(), List.of(path.split("::")), parameters, definition, "");
    }

    public static TypeInfo named(String path, Supplier<TypeDefinition> definition) {
        return named(path, List.of(), definition);
    }

    private static TypeInfo builtIn(String key, Supplier<TypeDefinition> definition) {
        return new TypeInfo(key, List.of(), List.of(), definition, "");
    }

    public static TypeInfo primitive(TypeDefinition.Primitive primitive) {
        return builtIn(primitive.name(), () -> primitive);
    }

    public static TypeInfo sequence(TypeInfo element) {
        return builtIn("[" + element.key + "]", () -> new TypeDefinition.Sequence(element));
    }

    public static TypeInfo array(int length, TypeInfo element) {
        return builtIn("[" + element.key + ";" + length + "]", () -> new TypeDefinition.Array(length, element));
    }

    public static TypeInfo tuple(List<TypeInfo> elements) {
        StringBuilder key = new StringBuilder("(");
        elements.forEach(e -> key.append(e.key).append(','));
        return builtIn(key.append(')').toString(), () -> new TypeDefinition.Tuple(elements));
    }

    public static TypeInfo compact(TypeInfo element) {
        return builtIn("Compact<" + element.key + ">", () -> new TypeDefinition.Compact(element));
    }

    public static TypeInfo bitSequence(TypeInfo store, TypeInfo order) {
        return builtIn("BitVec<" + store.key + "," + order.key + ">",
                () -> new TypeDefinition.BitSequence(store, order));
    }

    public static TypeInfo option(TypeInfo some) {
        return new TypeInfo("Option<" + some.key + ">", List.of("Option"), List.of(TypeParameter.of("T", some)),
                () -> new TypeDefinition.Enumeration(
                        List.of(new TypeDefinition.Variant("None", 0, List.of(), ""),
                                new TypeDefinition.Variant("Some", 1,
                                        List.of(TypeDefinition.Field.unnamed(some)), ""))),
                "");
    }

    public static TypeInfo result(TypeInfo ok, TypeInfo err) {
        return new TypeInfo("Result<" + ok.key + "," + err.key + ">", List.of("Result"),
                List.of(TypeParameter.of("T", ok), TypeParameter.of("E", err)),
                () -> new TypeDefinition.Enumeration(
                        List.of(new TypeDefinition.Variant("Ok", 0, List.of(TypeDefinition.Field.unnamed(ok)), ""),
                                new TypeDefinition.Variant("Err", 1, List.of(TypeDefinition.Field.unnamed(err)), ""))),
                "");
    }

    public static TypeInfo map(TypeInfo key, TypeInfo value) {
        return new TypeInfo("BTreeMap<" + key.key + "," + value.key + ">", List.of("BTreeMap"),
                List.of(TypeParameter.of("K", key), TypeParameter.of("V", value)),
                () -> new TypeDefinition.Composite(List.of(
                        TypeDefinition.Field.unnamed(sequence(tuple(List.of(key, value)))))),
                "");
    }

    public static TypeInfo set(TypeInfo element) {
        return new TypeInfo("BTreeSet<" + element.key + ">", List.of("BTreeSet"),
                List.of(TypeParameter.of("T", element)),
                () -> new TypeDefinition.Composite(List.of(TypeDefinition.Field.unnamed(sequence(element)))), "");
    }

    public TypeInfo withDocs(String text) {
        return new TypeInfo(key, path, parameters, definition, text);
    }

    /** The same type under another key: where two Rust types show the same path and parameters. */
    public TypeInfo withKey(String other) {
        return new TypeInfo(other, path, parameters, definition, docs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TypeInfo type && key.equals(type.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key;
    }
}
