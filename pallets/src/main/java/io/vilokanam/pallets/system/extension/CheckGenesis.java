package io.vilokanam.pallets.system.extension;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs.Unit;

/** The signer means this chain ({@code frame_system::CheckGenesis}). */
public final class CheckGenesis implements Passing<Unit, Hash> {

    private static final Codec<Unit> CODEC = Passing
            .nothingSent("frame_system::extensions::check_genesis::CheckGenesis");

    private final FrameSystem<?> system;
    private final ExtensionWeights weights;

    public CheckGenesis(FrameSystem<?> system) {
        this.system = system;
        this.weights = new ExtensionWeights(system.dbWeight());
    }

    @Override
    public String identifier() {
        return "CheckGenesis";
    }

    @Override
    public Codec<Unit> codec() {
        return CODEC;
    }

    @Override
    public Codec<Hash> implicitCodec() {
        return Hash.CODEC;
    }

    @Override
    public Hash implicit(Externalities ext, Unit value) {
        return system.blockHash(ext, 0);
    }

    @Override
    public Weight weight(Unit value, RuntimeCall call) {
        return weights.checkGenesis();
    }
}
