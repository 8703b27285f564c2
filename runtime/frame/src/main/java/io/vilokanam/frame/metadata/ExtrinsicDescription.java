package io.vilokanam.frame.metadata;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How extrinsics are made, in metadata.
 *
 * @param type the whole extrinsic; version 14 only
 * @param versions the format versions; one alone before version 16
 * @param address from version 15 on
 * @param call versions 15 and 16
 * @param signature from version 15 on
 * @param extra the values of all extensions; version 15 only
 * @param extensionsByVersion indices of {@code extensions} by the version of the set; from version 16 on
 */
public record ExtrinsicDescription<T>(Optional<T> type, List<Integer> versions, Optional<T> address, Optional<T> call,
        Optional<T> signature, Optional<T> extra, SortedMap<Integer, List<Integer>> extensionsByVersion,
        List<Extension<T>> extensions) {

    /** A transaction extension: what stands in the extrinsic, and what is only signed over. */
    public record Extension<T>(String identifier, T type, T implicit) {
        <U> Extension<U> map(Function<T, U> types) {
            U mapped = types.apply(type);
            return new Extension<>(identifier, mapped, types.apply(implicit));
        }
    }

    public ExtrinsicDescription {
        versions = List.copyOf(versions);
        extensionsByVersion = Collections.unmodifiableSortedMap(new TreeMap<>(extensionsByVersion));
        extensions = List.copyOf(extensions);
    }

    /** Versions 14 and 15 know one format version, the lowest, and the extensions of set 0. */
    ExtrinsicDescription<T> restrictedTo(MetadataVersion version) {
        boolean since16 = version.isAtLeast(MetadataVersion.UNSTABLE);
        boolean since15 = version.isAtLeast(MetadataVersion.V15);
        return new ExtrinsicDescription<>(since15 ? Optional.empty() : type,
                since16 ? versions : List.of(Collections.min(versions)), since15 ? address : Optional.empty(),
                since15 && version != MetadataVersion.UNSTABLE ? call : Optional.empty(),
                since15 ? signature : Optional.empty(), version == MetadataVersion.V15 ? extra : Optional.empty(),
                since16 ? extensionsByVersion : Collections.emptySortedMap(), since16 ? extensions : setZero());
    }

    private List<Extension<T>> setZero() {
        List<Integer> indices = extensionsByVersion.get(0);
        return indices == null ? extensions : indices.stream().map(extensions::get).toList();
    }

    /** Version 15 registered {@code extra} before the extensions as long as pallets came first, behind them since. */
    <U> ExtrinsicDescription<U> map(RegistrationOrder order, Function<T, U> types) {
        Optional<U> mappedType = type.map(types);
        Optional<U> mappedAddress = address.map(types);
        Optional<U> mappedCall = call.map(types);
        Optional<U> mappedSignature = signature.map(types);
        return switch (order) {
            case PALLETS_FIRST -> {
                Optional<U> mappedExtra = extra.map(types);
                yield new ExtrinsicDescription<>(mappedType, versions, mappedAddress, mappedCall, mappedSignature,
                        mappedExtra, extensionsByVersion, mapExtensions(types));
            }
            case EXTRINSIC_FIRST -> {
                List<Extension<U>> mappedExtensions = mapExtensions(types);
                yield new ExtrinsicDescription<>(mappedType, versions, mappedAddress, mappedCall, mappedSignature,
                        extra.map(types), extensionsByVersion, mappedExtensions);
            }
        };
    }

    private <U> List<Extension<U>> mapExtensions(Function<T, U> types) {
        return extensions.stream().map(extension -> extension.map(types)).toList();
    }
}
