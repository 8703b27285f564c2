package io.vilokanam.frame.metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/**
 * Gives types ids as scale-info's {@code Registry} does: an id is taken when a type is first seen, before what it is made
 * of, then its generic parameters are visited, then its fields, in order. Types with one key share an id.
 */
public final class TypeRegistry {

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<PortableType> types = new ArrayList<>();

    /** The id of {@code type}; registers it, and all that it refers to, if it is new. */
    public int register(TypeInfo type) {
        Integer known = ids.get(type.key());
        if (known != null) {
            return known;
        }
        int id = types.size();
        ids.put(type.key(), id);
        types.add(null);
        List<PortableType.Parameter> parameters = new ArrayList<>();
        for (TypeInfo.TypeParameter parameter : type.parameters()) {
            Optional<Integer> registered = parameter.type().isPresent() ? Optional.of(register(parameter.type().get()))
                    : Optional.empty();
            parameters.add(new PortableType.Parameter(parameter.name(), registered));
        }
        PortableDefinition definition = portable(type.definition().get());
        types.set(id, new PortableType(id, type.path(), parameters, definition, Docs.lines(type.docs())));
        return id;
    }

    /** What has been registered so far. */
    public PortableRegistry portable() {
        return new PortableRegistry(types);
    }

    private PortableDefinition portable(TypeDefinition definition) {
        return switch (definition) {
            case TypeDefinition.Composite(var fields) -> new PortableDefinition.Composite(portable(fields));
            case TypeDefinition.Enumeration(var variants) -> enumeration(variants);
            case TypeDefinition.Sequence(var element) -> new PortableDefinition.Sequence(register(element));
            case TypeDefinition.Array(int length, var element) ->
                new PortableDefinition.Array(length, register(element));
            case TypeDefinition.Tuple(var elements) -> tuple(elements);
            case TypeDefinition.Primitive primitive -> new PortableDefinition.OfPrimitive(primitive);
            case TypeDefinition.Compact(var element) -> new PortableDefinition.Compact(register(element));
            case TypeDefinition.BitSequence(var store, var order) ->
                new PortableDefinition.BitSequence(register(store), register(order));
        };
    }

    private PortableDefinition enumeration(List<TypeDefinition.Variant> variants) {
        List<PortableDefinition.Variant> portable = new ArrayList<>(variants.size());
        for (TypeDefinition.Variant variant : variants) {
            portable.add(new PortableDefinition.Variant(variant.name(), portable(variant.fields()), variant.index(),
                    Docs.lines(variant.docs())));
        }
        return new PortableDefinition.Enumeration(List.copyOf(portable));
    }

    private List<PortableDefinition.Field> portable(List<TypeDefinition.Field> fields) {
        List<PortableDefinition.Field> portable = new ArrayList<>(fields.size());
        for (TypeDefinition.Field field : fields) {
            portable.add(new PortableDefinition.Field(unlessEmpty(field.name()), register(field.type()),
                    unlessEmpty(field.typeName()), Docs.lines(field.docs())));
        }
        return List.copyOf(portable);
    }

    private static Optional<String> unlessEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private PortableDefinition tuple(List<TypeInfo> elements) {
        List<Integer> portable = new ArrayList<>(elements.size());
        for (TypeInfo element : elements) {
            portable.add(register(element));
        }
        return new PortableDefinition.Tuple(List.copyOf(portable));
    }
}
