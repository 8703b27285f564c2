package io.vilokanam.frame.storage;

import java.util.List;
import java.util.Optional;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.type.TypeInfo;

/** A storage item as metadata describes it. */
public sealed interface StorageEntry permits StoredItem {

    String item();

    /** The hashers of the keys, in order; none for a plain value. */
    List<Hasher> hashers();

    /** The type of the key: a tuple where there are several; empty for a plain value. */
    Optional<TypeInfo> keyType();

    TypeInfo valueType();

    /** Whether the item may be absent. */
    boolean isOptional();

    /** What is read where nothing is stored: the fallback, or a single 0 for an item that may be absent. */
    Bytes defaultValue();

    String docs();

    /** The storage key, or what all keys of a map begin with. */
    Bytes prefix();
}
