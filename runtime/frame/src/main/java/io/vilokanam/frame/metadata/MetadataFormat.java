package io.vilokanam.frame.metadata;

import static io.vilokanam.frame.metadata.MetadataVersion.UNSTABLE;
import static io.vilokanam.frame.metadata.MetadataVersion.V14;
import static io.vilokanam.frame.metadata.MetadataVersion.V15;
import static io.vilokanam.frame.metadata.MetadataVersion.V16;
import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

import io.vilokanam.frame.metadata.PalletDescription.AssociatedType;
import io.vilokanam.frame.metadata.PalletDescription.ConstantDescription;
import io.vilokanam.frame.metadata.PalletDescription.Item;
import io.vilokanam.frame.metadata.PalletDescription.Kind;
import io.vilokanam.frame.metadata.PalletDescription.Mapped;
import io.vilokanam.frame.metadata.PalletDescription.Modifier;
import io.vilokanam.frame.metadata.PalletDescription.Plain;
import io.vilokanam.frame.metadata.PalletDescription.Storage;
import io.vilokanam.frame.metadata.PalletDescription.Table;
import io.vilokanam.frame.metadata.PalletDescription.ViewFunction;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo;

/**
 * How a {@link RuntimeDescription} stands on the wire in one version. The versions share one order of fields; a field that a
 * version lacks takes no bytes and reads as its absent value.
 */
final class MetadataFormat {

    /** Metadata does not describe itself, so its own codecs need no types. */
    private static final TypeInfo NO_TYPE = Codecs.UNIT.type();

    private static final Codec<List<String>> DOCS = Codecs.vec(Codecs.STRING);
    private static final Codec<Hasher> HASHER = Variants.ofEnum("frame_metadata::v14::StorageHasher", Hasher.values(),
            "Blake2_128", "Blake2_256", "Blake2_128Concat", "Twox128", "Twox256", "Twox64Concat", "Identity");
    private static final Codec<Modifier> MODIFIER = Variants.ofEnum("frame_metadata::v14::StorageEntryModifier",
            Modifier.values(), "Optional", "Default");
    private static final Codec<ApiDescription.Parameter<Integer>> PARAMETER = struct(
            ApiDescription.Parameter<Integer>::new,
            field(Codecs.STRING, ApiDescription.Parameter::name), field(TypeId.CODEC, ApiDescription.Parameter::type))
            .tuple();

    private final MetadataVersion version;

    MetadataFormat(MetadataVersion version) {
        this.version = version;
    }

    Codec<RuntimeDescription<Integer>> runtime() {
        Codec<RuntimeDescription.OuterEnums<Integer>> outerEnums = struct(RuntimeDescription.OuterEnums<Integer>::new,
                field(TypeId.CODEC, RuntimeDescription.OuterEnums::call),
                field(TypeId.CODEC, RuntimeDescription.OuterEnums::event),
                field(TypeId.CODEC, RuntimeDescription.OuterEnums::error)).tuple();
        Codec<RuntimeDescription.CustomValue<Integer>> customValue = struct(
                RuntimeDescription.CustomValue<Integer>::new,
                field(TypeId.CODEC, RuntimeDescription.CustomValue::type),
                field(Codecs.BYTES, RuntimeDescription.CustomValue::value)).tuple();
        return struct(RuntimeDescription<Integer>::new, field(Codecs.vec(pallet()), RuntimeDescription::pallets),
                field(extrinsic(), RuntimeDescription::extrinsic),
                field(in(V14, V15, shown(TypeId.CODEC), Optional.empty()), RuntimeDescription::runtimeType),
                field(since(V15, Codecs.vec(api()), List.of()), RuntimeDescription::apis),
                field(since(V15, shown(outerEnums), Optional.empty()), RuntimeDescription::outerEnums),
                field(since(V15, Codecs.map(Codecs.STRING, customValue), Collections.emptySortedMap()),
                        RuntimeDescription::custom))
                .tuple();
    }

    private Codec<PalletDescription<Integer>> pallet() {
        Codec<AssociatedType<Integer>> associatedType = struct(AssociatedType<Integer>::new,
                field(Codecs.STRING, AssociatedType::name), field(TypeId.CODEC, AssociatedType::type),
                field(DOCS, AssociatedType::docs)).tuple();
        return struct(PalletDescription<Integer>::new, field(Codecs.STRING, PalletDescription::name),
                field(Codecs.option(storage()), PalletDescription::storage),
                field(Codecs.option(table()), PalletDescription::calls),
                field(Codecs.option(table()), PalletDescription::events),
                field(Codecs.vec(constant()), PalletDescription::constants),
                field(Codecs.option(table()), PalletDescription::errors),
                field(since(UNSTABLE, Codecs.vec(associatedType), List.of()), PalletDescription::associatedTypes),
                field(since(UNSTABLE, Codecs.vec(viewFunction()), List.of()), PalletDescription::viewFunctions),
                field(Codecs.U8, PalletDescription::index),
                field(since(V15, DOCS, List.of()), PalletDescription::docs),
                field(deprecation(), PalletDescription::deprecation)).tuple();
    }

    private Codec<Storage<Integer>> storage() {
        Codec<Kind<Integer>> kind = Codecs.codec(NO_TYPE, value -> switch (value) {
            case Plain<Integer>(Integer type) -> Codecs.tuple(Codecs.U8, TypeId.CODEC).encode(Map.entry(0, type));
            case Mapped<Integer> mapped -> Codecs.tuple(Codecs.U8, MAPPED).encode(Map.entry(1, mapped));
        }, in -> {
            int index = in.u8();
            return switch (index) {
                case 0 -> new Plain<>(TypeId.CODEC.decode(in));
                case 1 -> MAPPED.decode(in);
                default -> throw new ScaleException("a storage item is of kind 0 or 1, got " + index);
            };
        });
        Codec<Item<Integer>> item = struct(Item<Integer>::new, field(Codecs.STRING, Item::name),
                field(MODIFIER, Item::modifier), field(kind, Item::kind), field(Codecs.BYTES, Item::defaultValue),
                field(DOCS, Item::docs), field(deprecation(), Item::deprecation)).tuple();
        return struct(Storage<Integer>::new, field(Codecs.STRING, Storage::prefix),
                field(Codecs.vec(item), Storage::items)).tuple();
    }

    private static final Codec<Mapped<Integer>> MAPPED = struct(Mapped<Integer>::new,
            field(Codecs.vec(HASHER), Mapped::hashers), field(TypeId.CODEC, Mapped::key),
            field(TypeId.CODEC, Mapped::value)).tuple();

    private Codec<Table<Integer>> table() {
        return struct(Table<Integer>::new, field(TypeId.CODEC, Table::type),
                field(since(UNSTABLE, deprecatedVariants(), Collections.emptySortedMap()), Table::deprecated)).tuple();
    }

    /** The draft had a byte in front: 0 for none, 2 for a map. */
    private Codec<SortedMap<Integer, Deprecation>> deprecatedVariants() {
        Codec<SortedMap<Integer, Deprecation>> map = Codecs.map(Codecs.U8, Deprecation.CODEC);
        if (version == V16) {
            return map;
        }
        Codec<Map.Entry<Integer, SortedMap<Integer, Deprecation>>> tagged = Codecs.tuple(Codecs.U8, map);
        return Codecs.codec(NO_TYPE,
                value -> value.isEmpty() ? new byte[1] : tagged.encode(Map.entry(2, value)), in -> {
                    int tag = in.u8();
                    return switch (tag) {
                        case 0 -> Collections.emptySortedMap();
                        case 2 -> map.decode(in);
                        default -> throw new ScaleException("deprecation of variants is 0 or 2, got " + tag);
                    };
                });
    }

    private Codec<ConstantDescription<Integer>> constant() {
        return struct(ConstantDescription<Integer>::new, field(Codecs.STRING, ConstantDescription::name),
                field(TypeId.CODEC, ConstantDescription::type), field(Codecs.BYTES, ConstantDescription::value),
                field(DOCS, ConstantDescription::docs), field(deprecation(), ConstantDescription::deprecation)).tuple();
    }

    private Codec<ViewFunction<Integer>> viewFunction() {
        if (version == UNSTABLE) { // the draft has the name in front
            return struct((name, id, inputs, output, docs, deprecation) -> new ViewFunction<Integer>(id, name, inputs,
                    output, docs, deprecation), field(Codecs.STRING, ViewFunction<Integer>::name),
                    field(Codecs.fixedBytes(32), ViewFunction<Integer>::id),
                    field(Codecs.vec(PARAMETER), ViewFunction<Integer>::inputs),
                    field(TypeId.CODEC, ViewFunction<Integer>::output), field(DOCS, ViewFunction<Integer>::docs),
                    field(deprecation(), ViewFunction<Integer>::deprecation)).tuple();
        }
        return struct(ViewFunction<Integer>::new, field(Codecs.fixedBytes(32), ViewFunction::id),
                field(Codecs.STRING, ViewFunction::name), field(Codecs.vec(PARAMETER), ViewFunction::inputs),
                field(TypeId.CODEC, ViewFunction::output), field(DOCS, ViewFunction::docs),
                field(deprecation(), ViewFunction::deprecation)).tuple();
    }

    private Codec<ExtrinsicDescription<Integer>> extrinsic() {
        Codec<List<Integer>> oneVersion = Codecs.mapped(Codecs.U8, NO_TYPE, List::of, List::getFirst);
        Codec<ExtrinsicDescription.Extension<Integer>> extension = struct(ExtrinsicDescription.Extension<Integer>::new,
                field(Codecs.STRING, ExtrinsicDescription.Extension::identifier),
                field(TypeId.CODEC, ExtrinsicDescription.Extension::type),
                field(TypeId.CODEC, ExtrinsicDescription.Extension::implicit)).tuple();
        Codec<Integer> index = version == V16 ? TypeId.CODEC
                : Codecs.mapped(Codecs.U32, NO_TYPE, Long::intValue, Integer::longValue);
        return struct(ExtrinsicDescription<Integer>::new,
                field(in(V14, V14, shown(TypeId.CODEC), Optional.empty()), ExtrinsicDescription::type),
                field(version.isAtLeast(UNSTABLE) ? Codecs.vec(Codecs.U8) : oneVersion, ExtrinsicDescription::versions),
                field(since(V15, shown(TypeId.CODEC), Optional.empty()), ExtrinsicDescription::address),
                field(version == UNSTABLE ? absent(Optional.empty())
                        : since(V15, shown(TypeId.CODEC), Optional.empty()),
                        ExtrinsicDescription::call),
                field(since(V15, shown(TypeId.CODEC), Optional.empty()), ExtrinsicDescription::signature),
                field(in(V15, V15, shown(TypeId.CODEC), Optional.empty()), ExtrinsicDescription::extra),
                field(since(UNSTABLE, Codecs.map(Codecs.U8, Codecs.vec(index)), Collections.emptySortedMap()),
                        ExtrinsicDescription::extensionsByVersion),
                field(Codecs.vec(extension), ExtrinsicDescription::extensions)).tuple();
    }

    private Codec<ApiDescription<Integer>> api() {
        Codec<ApiDescription.Method<Integer>> method = struct(ApiDescription.Method<Integer>::new,
                field(Codecs.STRING, ApiDescription.Method::name),
                field(Codecs.vec(PARAMETER), ApiDescription.Method::inputs),
                field(TypeId.CODEC, ApiDescription.Method::output), field(DOCS, ApiDescription.Method::docs),
                field(deprecation(), ApiDescription.Method::deprecation)).tuple();
        if (version == UNSTABLE) {
            return struct(
                    (String name, List<ApiDescription.Method<Integer>> methods, List<String> docs,
                            Deprecation deprecation,
                            Long number) -> new ApiDescription<>(name, methods, docs, number, deprecation),
                    field(Codecs.STRING, ApiDescription::name), field(Codecs.vec(method), ApiDescription::methods),
                    field(DOCS, ApiDescription::docs), field(deprecation(), ApiDescription::deprecation),
                    field(Codecs.U32, ApiDescription::version)).tuple();
        }
        return struct(ApiDescription<Integer>::new, field(Codecs.STRING, ApiDescription::name),
                field(Codecs.vec(method), ApiDescription::methods), field(DOCS, ApiDescription::docs),
                field(since(V16, Codecs.COMPACT_U32, 0L), ApiDescription::version),
                field(deprecation(), ApiDescription::deprecation)).tuple();
    }

    private Codec<Deprecation> deprecation() {
        return since(UNSTABLE, Deprecation.CODEC, Deprecation.NO);
    }

    private <A> Codec<A> since(MetadataVersion first, Codec<A> codec, A otherwise) {
        return version.isAtLeast(first) ? codec : absent(otherwise);
    }

    private <A> Codec<A> in(MetadataVersion first, MetadataVersion last, Codec<A> codec, A otherwise) {
        return last.isAtLeast(version) ? since(first, codec, otherwise) : absent(otherwise);
    }

    /** Takes no bytes. */
    private static <A> Codec<A> absent(A value) {
        return Codecs.mapped(Codecs.UNIT, NO_TYPE, _ -> value, _ -> Codecs.Unit.UNIT);
    }

    /** What is optional in the model but always there in the versions that have it. */
    private static <A> Codec<Optional<A>> shown(Codec<A> codec) {
        return Codecs.mapped(codec, NO_TYPE, Optional::of, value -> value
                .orElseThrow(() -> new IllegalStateException("a description of this version must be complete")));
    }
}
