package io.vilokanam.runtime;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.frame.extension.TransactionExtension;
import io.vilokanam.frame.extension.TransactionExtensions;
import io.vilokanam.frame.metadata.ApiDescription;
import io.vilokanam.frame.metadata.Deprecation;
import io.vilokanam.frame.metadata.Docs;
import io.vilokanam.frame.metadata.ExtrinsicDescription;
import io.vilokanam.frame.metadata.PalletDescription;
import io.vilokanam.frame.metadata.RuntimeDescription;
import io.vilokanam.frame.pallet.Constant;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.runtimeapi.ApiMethod;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.frame.storage.StorageEntry;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.runtime.api.ApiTypes;
import io.vilokanam.runtime.composition.Composition;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** Describes a runtime for its metadata, from what its pallets, extensions and APIs declare. */
final class MetadataAssembly {

    private static final int EXTRINSIC_V4 = 4;
    private static final int EXTRINSIC_V5 = 5;

    private MetadataAssembly() {}

    static RuntimeDescription<TypeInfo> describe(Composition composition, RuntimeScope runtime,
            TransactionExtensions extensions, ApiTypes types, List<RuntimeApi> apis) {
        TypeInfo call = runtime.codec().type();
        TypeInfo event = runtime.outerType("RuntimeEvent", PalletScope::eventType, "Event");
        TypeInfo error = runtime.outerType("RuntimeError", PalletScope::errorType, "Error");
        TypeInfo self = TypeInfo.named(runtime.cratePath() + "::Runtime",
                () -> new TypeDefinition.Composite(List.of()));
        AssociatedTypes associated = new AssociatedTypes(composition, runtime, types);
        return new RuntimeDescription<>(
                runtime.slots().stream().map(slot -> pallet(slot, associated.of(slot.scope()))).toList(),
                extrinsic(call, extensions, types), Optional.of(self),
                apis.stream().map(MetadataAssembly::api).toList(),
                Optional.of(new RuntimeDescription.OuterEnums<>(call, event, error)), Collections.emptySortedMap());
    }

    private static PalletDescription<TypeInfo> pallet(PalletSlot slot,
            List<PalletDescription.AssociatedType<TypeInfo>> associated) {
        PalletScope scope = slot.scope();
        Optional<PalletDescription.Storage<TypeInfo>> storage = scope.storage().isEmpty() ? Optional.empty()
                : Optional.of(new PalletDescription.Storage<>(scope.name(),
                        scope.storage().stream().map(entry -> item(scope, entry)).toList()));
        return new PalletDescription<>(scope.name(), storage,
                scope.calls().map(Codec::type)
                        .map(type -> new PalletDescription.Table<>(type, scope.deprecatedCalls())),
                scope.eventType().map(PalletDescription.Table::of),
                scope.constants().stream().map(MetadataAssembly::constant).toList(),
                scope.errorType().map(PalletDescription.Table::of), associated,
                scope.viewFunctions().stream().map(MetadataAssembly::viewFunction).toList(), scope.index(), List.of(),
                Deprecation.NO);
    }

    private static PalletDescription.Item<TypeInfo> item(PalletScope scope, StorageEntry entry) {
        PalletDescription.Kind<TypeInfo> kind = entry.keyType().<PalletDescription.Kind<TypeInfo>>map(
                key -> new PalletDescription.Mapped<>(entry.hashers(), key, entry.valueType()))
                .orElseGet(() -> new PalletDescription.Plain<>(entry.valueType()));
        return new PalletDescription.Item<>(entry.item(),
                entry.isOptional() ? PalletDescription.Modifier.OPTIONAL : PalletDescription.Modifier.DEFAULT, kind,
                entry.defaultValue(), Docs.lines(entry.docs()), scope.deprecationOf(entry));
    }

    private static PalletDescription.ViewFunction<TypeInfo> viewFunction(PalletScope.ViewFunction function) {
        return new PalletDescription.ViewFunction<>(function.id(), function.method().name(),
                function.method().parameters().stream()
                        .map(parameter -> new ApiDescription.Parameter<>(parameter.name(), parameter.codec().type()))
                        .toList(),
                function.method().result(), Docs.lines(function.docs()), Deprecation.NO);
    }

    private static PalletDescription.ConstantDescription<TypeInfo> constant(Constant constant) {
        return new PalletDescription.ConstantDescription<>(constant.name(), constant.type(), constant.value(),
                Docs.lines(constant.docs()), Deprecation.NO);
    }

    private static ExtrinsicDescription<TypeInfo> extrinsic(TypeInfo call, TransactionExtensions extensions,
            ApiTypes types) {
        List<ExtrinsicDescription.Extension<TypeInfo>> described = extensions.inOrder().stream()
                .map(MetadataAssembly::extension).toList();
        SortedMap<Integer, List<Integer>> byVersion = new TreeMap<>();
        byVersion.put(0, java.util.stream.IntStream.range(0, described.size()).boxed().toList());
        return new ExtrinsicDescription<>(Optional.of(types.extrinsicType()), List.of(EXTRINSIC_V4, EXTRINSIC_V5),
                Optional.of(MultiAddress.CODEC.type()), Optional.of(call), Optional.of(MultiSignature.CODEC.type()),
                Optional.of(types.extensionsType()), byVersion, described);
    }

    private static ExtrinsicDescription.Extension<TypeInfo> extension(TransactionExtension<?, ?, ?, ?> extension) {
        return new ExtrinsicDescription.Extension<>(extension.identifier(), extension.codec().type(),
                extension.implicitCodec().type());
    }

    private static ApiDescription<TypeInfo> api(RuntimeApi api) {
        return new ApiDescription<>(api.name(), api.methods().stream().map(MetadataAssembly::method).toList(),
                List.of(),
                api.identity().version(), Deprecation.NO);
    }

    private static ApiDescription.Method<TypeInfo> method(ApiMethod method) {
        return new ApiDescription.Method<>(method.name(),
                method.parameters().stream()
                        .map(parameter -> new ApiDescription.Parameter<>(parameter.name(), parameter.codec().type()))
                        .toList(),
                method.result(), List.of(), Deprecation.NO);
    }
}
