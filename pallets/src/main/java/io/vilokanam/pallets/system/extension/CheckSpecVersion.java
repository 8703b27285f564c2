package io.vilokanam.pallets.system.extension;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;

/** The signer means this specification version of the runtime ({@code frame_system::CheckSpecVersion}). */
public final class CheckSpecVersion implements Passing<Unit, Long> {

    private static final Codec<Unit> CODEC = Passing
            .nothingSent("frame_system::extensions::check_spec_version::CheckSpecVersion");

    private final FrameSystem<?> system;

    public CheckSpecVersion(FrameSystem<?> system) {
        this.system = system;
    }

    @Override
    public String identifier() {
        return "CheckSpecVersion";
    }

    @Override
    public Codec<Unit> codec() {
        return CODEC;
    }

    @Override
    public Codec<Long> implicitCodec() {
        return Codecs.U32;
    }

    @Override
    public Long implicit(Externalities ext, Unit value) {
        return system.version().specVersion();
    }

    @Override
    public Weight weight(Unit value, RuntimeCall call) {
        return ExtensionWeights.CHECK_SPEC_VERSION;
    }
}
