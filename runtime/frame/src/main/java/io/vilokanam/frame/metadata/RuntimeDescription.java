package io.vilokanam.frame.metadata;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

import io.vilokanam.scale.Bytes;

/**
 * What metadata tells of a runtime, beside the types themselves; one model for all versions. {@code T} is how types are
 * referred to: by {@code TypeInfo} in a runtime that describes itself, by id in a blob. What a version does not show is
 * empty in what was read from it.
 *
 * @param runtimeType the type of the runtime itself; versions 14 and 15
 * @param apis the runtime APIs; from version 15 on, as all that follows
 */
public record RuntimeDescription<T>(List<PalletDescription<T>> pallets, ExtrinsicDescription<T> extrinsic,
        Optional<T> runtimeType, List<ApiDescription<T>> apis, Optional<OuterEnums<T>> outerEnums,
        SortedMap<String, CustomValue<T>> custom) {

    /** The enums over all pallets. */
    public record OuterEnums<T>(T call, T event, T error) {
        <U> OuterEnums<U> map(Function<T, U> types) {
            return new OuterEnums<>(types.apply(call), types.apply(event), types.apply(error));
        }
    }

    /** A value that a runtime wants to show, in SCALE. */
    public record CustomValue<T>(T type, Bytes value) {}

    public RuntimeDescription {
        pallets = List.copyOf(pallets);
        apis = List.copyOf(apis);
        custom = Collections.unmodifiableSortedMap(new TreeMap<>(custom));
    }

    /** What {@code version} shows of this. */
    RuntimeDescription<T> restrictedTo(MetadataVersion version) {
        boolean since15 = version.isAtLeast(MetadataVersion.V15);
        return new RuntimeDescription<>(pallets.stream().map(pallet -> pallet.restrictedTo(version)).toList(),
                extrinsic.restrictedTo(version),
                version.isAtLeast(MetadataVersion.UNSTABLE) ? Optional.empty() : runtimeType,
                since15 ? apis : List.of(),
                since15 ? outerEnums : Optional.empty(), since15 ? custom : Collections.emptySortedMap());
    }

    /** Exchanges the references to types, visiting them in {@code order}. */
    <U> RuntimeDescription<U> map(RegistrationOrder order, Function<T, U> types) {
        return switch (order) {
            case PALLETS_FIRST -> {
                List<PalletDescription<U>> mapped = pallets.stream().map(pallet -> pallet.map(types)).toList();
                yield map(mapped, extrinsic.map(order, types), types);
            }
            case EXTRINSIC_FIRST -> {
                ExtrinsicDescription<U> mapped = extrinsic.map(order, types);
                yield map(pallets.stream().map(pallet -> pallet.map(types)).toList(), mapped, types);
            }
        };
    }

    private <U> RuntimeDescription<U> map(List<PalletDescription<U>> mappedPallets,
            ExtrinsicDescription<U> mappedExtrinsic,
            Function<T, U> types) {
        Optional<U> mappedType = runtimeType.map(types);
        List<ApiDescription<U>> mappedApis = apis.stream().map(api -> api.map(types)).toList();
        Optional<OuterEnums<U>> mappedEnums = outerEnums.map(enums -> enums.map(types));
        SortedMap<String, CustomValue<U>> mappedCustom = new TreeMap<>();
        custom.forEach((name, entry) -> mappedCustom.put(name,
                new CustomValue<>(types.apply(entry.type), entry.value)));
        return new RuntimeDescription<>(mappedPallets, mappedExtrinsic, mappedType, mappedApis, mappedEnums,
                mappedCustom);
    }
}
