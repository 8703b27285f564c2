package io.vilokanam.frame.pallet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.metadata.Deprecation;
import io.vilokanam.frame.runtimeapi.ApiMethod;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageDoubleMap;
import io.vilokanam.frame.storage.StorageEntry;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** A pallet's place in a runtime while it is built: it declares storage, calls, events, errors and constants here. */
public final class PalletScope {

    private static final Bytes STORAGE_VERSION = Bytes.ascii(":__STORAGE_VERSION__:");

    private final RuntimeScope runtime;
    private final int index;
    private final String name;
    private final Optional<String> instance;
    private final Bytes prefix;
    private final List<StorageEntry> storage = new ArrayList<>();
    private final List<Constant> constants = new ArrayList<>();
    private Optional<Codec<?>> calls = Optional.empty();
    private Optional<TypeInfo> events = Optional.empty();
    private Optional<TypeInfo> errorType = Optional.empty();
    private Errors<?> errors;
    private final SortedMap<String, TypeInfo> associatedTypes = new TreeMap<>();
    private final List<ViewFunction> viewFunctions = new ArrayList<>();
    private final SortedMap<Integer, Deprecation> deprecatedCalls = new TreeMap<>();
    private final SortedMap<String, Deprecation> deprecatedItems = new TreeMap<>();
    private int storageVersion;

    PalletScope(RuntimeScope runtime, int index, String name, Optional<String> instance) {
        this.runtime = runtime;
        this.index = index;
        this.name = name;
        this.instance = instance;
        this.prefix = Bytes.wrap(runtime.hashing().twox128(Bytes.ascii(name).view()));
    }

    public int index() {
        return index;
    }

    public String name() {
        return name;
    }

    /** Which of several pallets of its kind this is, as FRAME names it: {@code Instance1}; empty where there is one. */
    public Optional<String> instance() {
        return instance;
    }

    /** twox_128 of the pallet's name: in front of all its keys. */
    public Bytes prefix() {
        return prefix;
    }

    /** Says that the pallet's calls remember something within a dispatch: they find a {@code DispatchContext}. */
    public void withDispatchContexts() {
        runtime.withDispatchContexts();
    }

    /** Says which layout the pallet's storage has; stored at genesis under {@code :__STORAGE_VERSION__:}. */
    public void storageVersion(int version) {
        storageVersion = version;
    }

    public int storageVersion() {
        return storageVersion;
    }

    /** Stores the version of the layout, as genesis and the first block of a runtime with a new pallet do. */
    public void putStorageVersion(Externalities ext) {
        byte[] item = ext.twox128(STORAGE_VERSION.view());
        ext.put(new ScaleOutput().raw(prefix.view()).raw(item).toByteArray(), Codecs.U16.encode(storageVersion));
    }

    /** Whether the state holds anything of the pallet, its version included. */
    public boolean isInitialised(Externalities ext) {
        return ext.nextKey(prefix.view()).filter(this::isBehindPrefix).isPresent();
    }

    private boolean isBehindPrefix(byte[] key) {
        for (int i = 0; i < prefix.size(); i++) {
            if (i == key.length || key[i] != prefix.at(i)) {
                return false;
            }
        }
        return true;
    }

    // Declarations, each in the order in which metadata shows them.

    /** A value that is {@code fallback} where nothing is stored. */
    public <T> StorageValue<T> value(String item, Codec<T> codec, T fallback, String docs) {
        return add(new StorageValue<>(runtime.hashing(), prefix, item, codec, Optional.of(fallback), docs));
    }

    /** A value that may be absent. */
    public <T> StorageValue<T> optionalValue(String item, Codec<T> codec, String docs) {
        return add(new StorageValue<>(runtime.hashing(), prefix, item, codec, Optional.empty(), docs));
    }

    /** A map whose values are {@code fallback} where nothing is stored. */
    public <K, V> StorageMap<K, V> map(String item, Hasher hasher, Codec<K> key, Codec<V> value, V fallback,
            String docs) {
        return add(new StorageMap<>(runtime.hashing(), prefix, item, hasher, key, value, Optional.of(fallback), docs));
    }

    public <K, V> StorageMap<K, V> optionalMap(String item, Hasher hasher, Codec<K> key, Codec<V> value, String docs) {
        return add(new StorageMap<>(runtime.hashing(), prefix, item, hasher, key, value, Optional.empty(), docs));
    }

    public <A, B, V> StorageDoubleMap<A, B, V> optionalDoubleMap(String item, Hasher firstHasher, Codec<A> first,
            Hasher secondHasher, Codec<B> second, Codec<V> value, String docs) {
        return add(
                new StorageDoubleMap<>(runtime.hashing(), prefix, item, firstHasher, first, secondHasher, second, value,
                        Optional.empty(), docs));
    }

    public <A, B, V> StorageDoubleMap<A, B, V> doubleMap(String item, Hasher firstHasher, Codec<A> first,
            Hasher secondHasher, Codec<B> second, Codec<V> value, V fallback, String docs) {
        return add(
                new StorageDoubleMap<>(runtime.hashing(), prefix, item, firstHasher, first, secondHasher, second, value,
                        Optional.of(fallback), docs));
    }

    private <S extends StorageEntry> S add(S entry) {
        storage.add(entry);
        return entry;
    }

    public <T> void constant(String constant, Codec<T> codec, T value, String docs) {
        constants.add(new Constant(constant, codec.type(), Bytes.wrap(codec.encode(value)), docs));
    }

    /** Declares the calls under their Rust path; {@code parameters} are its generic parameters, which metadata skips. */
    public <C> void calls(Variants<C> table, String path, String... parameters) {
        calls = Optional.of(table.as(enumeration(path, table::describe, parameters)));
    }

    public <E> EventSink<E> events(Variants<E> table, String path, String... parameters) {
        events = Optional.of(enumeration(path, table::describe, parameters));
        return new EventSink<>(runtime, index, table);
    }

    public void errors(Errors<?> table, String path, String... parameters) {
        errors = table;
        errorType = Optional.of(enumeration(path, table::describe, parameters));
    }

    /** Shows a type with which the runtime configures the pallet; from metadata 16 on. */
    public void associatedType(String associated, TypeInfo type) {
        associatedTypes.put(associated, type);
    }

    /** A read-only function of the pallet, called by its id: twox_128 of the pallet's name, then that of its signature. */
    public record ViewFunction(Bytes id, ApiMethod method, String docs) {}

    /** @param signature as Rust writes it, e.g. {@code price(T::AccountId,u32) -> u128}: its hash is the function's id */
    public void viewFunction(String signature, ApiMethod method, String docs) {
        byte[] suffix = runtime.hashing().twox128(Bytes.ascii(signature).view());
        viewFunctions.add(
                new ViewFunction(new ScaleOutput().raw(prefix.view()).raw(suffix).toBytes(), method, docs));
    }

    /** Says in metadata that a call should no longer be used. */
    public void deprecateCall(int call, String note) {
        deprecatedCalls.put(call, new Deprecation.WithNote(note, Optional.empty()));
    }

    /** Says in metadata that a storage item is no longer used. */
    public void deprecateItem(String item, String note) {
        deprecatedItems.put(item, new Deprecation.WithNote(note, Optional.empty()));
    }

    private TypeInfo enumeration(String path, Supplier<List<TypeDefinition.Variant>> variants, String... parameters) {
        List<TypeParameter> skipped = Arrays.stream(parameters).map(TypeParameter::skipped).toList();
        return ofInstance(TypeInfo.named(path, skipped, () -> new TypeDefinition.Enumeration(variants.get())));
    }

    /** A type that each instance of a pallet has one of its own of, though all show the same path. */
    public TypeInfo ofInstance(TypeInfo type) {
        return instance.map(each -> type.withKey(type.key() + "@" + each)).orElse(type);
    }

    boolean owns(PalletError error) {
        return errors != null && errors.type().isInstance(error);
    }

    int indexOf(PalletError error) {
        return errors.indexOf(error);
    }

    // What was declared, for metadata and the composition.

    public List<StorageEntry> storage() {
        return List.copyOf(storage);
    }

    public List<Constant> constants() {
        return List.copyOf(constants);
    }

    public SortedMap<String, TypeInfo> associatedTypes() {
        return Collections.unmodifiableSortedMap(associatedTypes);
    }

    public List<ViewFunction> viewFunctions() {
        return List.copyOf(viewFunctions);
    }

    public SortedMap<Integer, Deprecation> deprecatedCalls() {
        return Collections.unmodifiableSortedMap(deprecatedCalls);
    }

    public Deprecation deprecationOf(StorageEntry entry) {
        return deprecatedItems.getOrDefault(entry.item(), Deprecation.NO);
    }

    /** The pallet's own call type, without the pallet's index. */
    public Optional<Codec<?>> calls() {
        return calls;
    }

    public Optional<TypeInfo> eventType() {
        return events;
    }

    public Optional<TypeInfo> errorType() {
        return errorType;
    }
}
