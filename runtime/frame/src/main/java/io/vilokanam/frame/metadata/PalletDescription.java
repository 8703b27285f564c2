package io.vilokanam.frame.metadata;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.scale.Bytes;

/**
 * A pallet in metadata.
 *
 * @param associatedTypes types of the pallet's configuration; from version 16 on, as view functions and deprecation
 * @param docs from version 15 on
 */
public record PalletDescription<T>(String name, Optional<Storage<T>> storage, Optional<Table<T>> calls,
        Optional<Table<T>> events, List<ConstantDescription<T>> constants, Optional<Table<T>> errors,
        List<AssociatedType<T>> associatedTypes, List<ViewFunction<T>> viewFunctions, int index, List<String> docs,
        Deprecation deprecation) {

    /** The enum of calls, events or errors, and which of its variants are deprecated. */
    public record Table<T>(T type, SortedMap<Integer, Deprecation> deprecated) {
        public Table {
            deprecated = Collections.unmodifiableSortedMap(new TreeMap<>(deprecated));
        }

        public static <T> Table<T> of(T type) {
            return new Table<>(type, Collections.emptySortedMap());
        }

        <U> Table<U> map(Function<T, U> types) {
            return new Table<>(types.apply(type), deprecated);
        }
    }

    /** The storage items; {@code prefix} is what their keys are made of, normally the pallet's name. */
    public record Storage<T>(String prefix, List<Item<T>> items) {
        <U> Storage<U> map(Function<T, U> types) {
            return new Storage<>(prefix, items.stream().map(item -> item.map(types)).toList());
        }
    }

    /**
     * A storage item.
     *
     * @param key the type of the key, a tuple where there are several hashers; empty for a plain value
     * @param defaultValue what is read where nothing is stored
     */
    public record Item<T>(String name, Modifier modifier, Kind<T> kind, Bytes defaultValue, List<String> docs,
            Deprecation deprecation) {
        <U> Item<U> map(Function<T, U> types) {
            return new Item<>(name, modifier, kind.map(types), defaultValue, docs, deprecation);
        }
    }

    /** What is read where nothing is stored: nothing, or the default. */
    public enum Modifier {
        OPTIONAL, DEFAULT
    }

    /** Whether an item is one value or a map. */
    public sealed interface Kind<T> {
        T value();

        <U> Kind<U> map(Function<T, U> types);
    }

    public record Plain<T>(T value) implements Kind<T> {
        @Override
        public <U> Kind<U> map(Function<T, U> types) {
            return new Plain<>(types.apply(value));
        }
    }

    /** One hasher a part of the key; the key's type is a tuple where there are several. */
    public record Mapped<T>(List<Hasher> hashers, T key, T value) implements Kind<T> {
        @Override
        public <U> Kind<U> map(Function<T, U> types) {
            U mappedKey = types.apply(key);
            return new Mapped<>(hashers, mappedKey, types.apply(value));
        }
    }

    /** A constant and its value in SCALE. */
    public record ConstantDescription<T>(String name, T type, Bytes value, List<String> docs, Deprecation deprecation) {
        <U> ConstantDescription<U> map(Function<T, U> types) {
            return new ConstantDescription<>(name, types.apply(type), value, docs, deprecation);
        }
    }

    /** A type of the pallet's configuration. */
    public record AssociatedType<T>(String name, T type, List<String> docs) {
        <U> AssociatedType<U> map(Function<T, U> types) {
            return new AssociatedType<>(name, types.apply(type), docs);
        }
    }

    /** A read-only function, called by its 32-byte id through the API {@code RuntimeViewFunction}. */
    public record ViewFunction<T>(Bytes id, String name, List<ApiDescription.Parameter<T>> inputs, T output,
            List<String> docs, Deprecation deprecation) {
        <U> ViewFunction<U> map(Function<T, U> types) {
            List<ApiDescription.Parameter<U>> mapped = inputs.stream().map(input -> input.map(types)).toList();
            return new ViewFunction<>(id, name, mapped, types.apply(output), docs, deprecation);
        }
    }

    PalletDescription<T> restrictedTo(MetadataVersion version) {
        boolean since16 = version.isAtLeast(MetadataVersion.UNSTABLE);
        return new PalletDescription<>(name, storage, calls, events, constants, errors,
                since16 ? associatedTypes : List.of(), since16 ? viewFunctions : List.of(), index,
                version.isAtLeast(MetadataVersion.V15) ? docs : List.of(), since16 ? deprecation : Deprecation.NO);
    }

    /** Visits the types in the order in which frame-metadata registers them. */
    <U> PalletDescription<U> map(Function<T, U> types) {
        return new PalletDescription<>(name, storage.map(s -> s.map(types)), calls.map(table -> table.map(types)),
                events.map(table -> table.map(types)), constants.stream().map(c -> c.map(types)).toList(),
                errors.map(table -> table.map(types)), associatedTypes.stream().map(type -> type.map(types)).toList(),
                viewFunctions.stream().map(function -> function.map(types)).toList(), index, docs, deprecation);
    }
}
