package io.vilokanam.scale;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/**
 * The variants of a sum type: an index byte, then the fields. This table is the wire contract; bytes and metadata both come
 * from it. Append, never renumber.
 */
public final class Variants<T> {

    private record Entry<T>(String name, int index, Struct<T> fields, String docs) {}

    private static final int INDEX_MAX = 255;

    private final String name;
    private final List<Entry<T>> inOrder = new ArrayList<>();
    private final Map<Class<?>, Entry<T>> byClass = new HashMap<>();
    private final List<Entry<T>> byIndex = new ArrayList<>(java.util.Collections.nCopies(INDEX_MAX + 1, null));
    private boolean complete;

    private Variants(String name) {
        this.name = name;
    }

    public static <T> Variants<T> of(Class<T> type) {
        return new Variants<>(type.getName());
    }

    /** Adds a variant whose values are instances of exactly {@code type}. */
    @SuppressWarnings("unchecked")
    public <V extends T> Variants<T> with(int index, String variant, Class<V> type, Struct<V> fields, String docs) {
        if (complete) {
            throw new IllegalStateException(name + " is complete, " + variant + " comes too late");
        }
        // Safe: the entry is found by the value's own class when writing, and reading only widens V to T.
        Entry<T> entry = new Entry<>(variant, index, (Struct<T>) fields, docs);
        if (byIndex.set(index, entry) != null || byClass.put(type, entry) != null) {
            throw new IllegalStateException(name + " declares index " + index + " or class of " + variant + " twice");
        }
        inOrder.add(entry);
        return this;
    }

    /** Adds a variant whose fields have no documentation. */
    public <V extends T> Variants<T> with(int index, String variant, Class<V> type, Struct<V> fields) {
        return with(index, variant, type, fields, "");
    }

    public Variants<T> complete() {
        complete = true;
        return this;
    }

    public void encode(T value, ScaleOutput out) {
        Entry<T> entry = byClass.get(value.getClass());
        if (entry == null) {
            throw new IllegalStateException(name + " has no variant for " + value.getClass().getName());
        }
        out.u8(entry.index);
        entry.fields.encode(value, out);
    }

    public T decode(ScaleInput in) throws ScaleException {
        int index = in.u8();
        Entry<T> entry = byIndex.get(index);
        if (entry == null) {
            throw new ScaleException("no variant " + index + " in " + name);
        }
        return entry.fields.decode(in);
    }

    /** The name of the variant that {@code value} is. */
    public String nameOf(T value) {
        return byClass.get(value.getClass()).name;
    }

    public int indexOf(T value) {
        return byClass.get(value.getClass()).index;
    }

    public boolean isEmpty() {
        return inOrder.isEmpty();
    }

    public List<TypeDefinition.Variant> describe() {
        return inOrder.stream().map(e -> new TypeDefinition.Variant(e.name, e.index, e.fields.describe(), e.docs))
                .toList();
    }

    /** The codec of an enumeration with this Rust path. */
    public Codec<T> named(String path, TypeInfo.TypeParameter... parameters) {
        return as(TypeInfo.named(path, List.of(parameters), () -> new TypeDefinition.Enumeration(describe())));
    }

    /** The codec under a type that is described elsewhere. */
    public Codec<T> as(TypeInfo type) {
        return Codecs.of(type, (out, value) -> encode(value, out), this::decode);
    }

    /** The codec of a Java enum, one byte a constant; the names on the wire are given in the order of the constants. */
    public static <E extends Enum<E>> Codec<E> ofEnum(String path, E[] constants, String... names) {
        if (names.length != constants.length) {
            throw new IllegalStateException(path + ": " + constants.length + " constants, " + names.length + " names");
        }
        List<TypeDefinition.Variant> variants = new ArrayList<>();
        for (E constant : constants) {
            int index = constant.ordinal();
            variants.add(new TypeDefinition.Variant(names[index], index, List.of(), ""));
        }
        return Codecs.of(TypeInfo.named(path, () -> new TypeDefinition.Enumeration(variants)),
                (out, value) -> out.u8(value.ordinal()), in -> {
                    int index = in.u8();
                    if (index >= constants.length) {
                        throw new ScaleException("no variant " + index + " in " + path);
                    }
                    return constants[index];
                });
    }
}
