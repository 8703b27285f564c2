package io.vilokanam.pallets.system;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** Which specification executed the last block ({@code frame_system::LastRuntimeUpgradeInfo}). */
record LastRuntimeUpgrade(long specVersion, String specName) {

    static final Codec<LastRuntimeUpgrade> CODEC = struct(LastRuntimeUpgrade::new,
            field("spec_version", "codec::Compact<u32>", Codecs.COMPACT_U32, LastRuntimeUpgrade::specVersion),
            field("spec_name", "Cow<'static, str>", RuntimeVersion.COW_STR, LastRuntimeUpgrade::specName))
            .named("frame_system::LastRuntimeUpgradeInfo");

    static LastRuntimeUpgrade to(RuntimeVersion version) {
        return new LastRuntimeUpgrade(version.specVersion(), version.specName());
    }

    boolean isBefore(RuntimeVersion version) {
        return version.specVersion() > specVersion || !version.specName().equals(specName);
    }
}
