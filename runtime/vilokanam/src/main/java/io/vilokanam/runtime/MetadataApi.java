package io.vilokanam.runtime;

import static io.vilokanam.frame.runtimeapi.ApiMethod.method;
import static io.vilokanam.frame.runtimeapi.ApiMethod.parameter;
import static io.vilokanam.frame.runtimeapi.RuntimeApi.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.vilokanam.frame.metadata.Metadata;
import io.vilokanam.frame.metadata.MetadataVersion;
import io.vilokanam.frame.metadata.RegistrationOrder;
import io.vilokanam.frame.metadata.RuntimeDescription;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.runtime.api.ApiTypes;
import io.vilokanam.runtime.api.Apis;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo;

/** The API that hands out metadata, by the versions that a runtime lists. */
final class MetadataApi {

    /** The version number that stands for the draft format: 2^32 - 1. */
    static final long DRAFT = 0xffff_ffffL;

    private final SortedMap<Long, MetadataVersion> versions = new TreeMap<>();
    private final Supplier<RuntimeDescription<TypeInfo>> description;

    /** @param description asked for with each call: it holds the types of all APIs, this one's too */
    MetadataApi(boolean listsDraft, Supplier<RuntimeDescription<TypeInfo>> description) {
        versions.put(14L, MetadataVersion.V14);
        versions.put(15L, MetadataVersion.V15);
        if (listsDraft) {
            versions.put(DRAFT, MetadataVersion.UNSTABLE);
        } else {
            versions.put(16L, MetadataVersion.V16);
        }
        this.description = description;
    }

    RuntimeApi declaration() {
        return api(Apis.METADATA,
                method("metadata", ApiTypes.OPAQUE_METADATA, _ -> blob(MetadataVersion.V14)),
                method("metadata_at_version", parameter("version", Codecs.U32), Codecs.option(ApiTypes.OPAQUE_METADATA),
                        (_, version) -> Optional.ofNullable(versions.get(version)).map(this::blob)),
                method("metadata_versions", Codecs.vec(Codecs.U32), _ -> listed()));
    }

    private List<Long> listed() {
        return new ArrayList<>(versions.keySet());
    }

    /**
     * In the final format the extrinsic's types come first, in 15 as in 16: so the metadata hash is the same for both, as in
     * newer releases of the reference. With the draft the order is that of the release that has it.
     */
    private Bytes blob(MetadataVersion version) {
        boolean pallets = version == MetadataVersion.V14 || versions.containsKey(DRAFT);
        RegistrationOrder order = pallets ? RegistrationOrder.PALLETS_FIRST : RegistrationOrder.EXTRINSIC_FIRST;
        return Bytes.wrap(Metadata.of(version, order, description.get()).encode());
    }
}
