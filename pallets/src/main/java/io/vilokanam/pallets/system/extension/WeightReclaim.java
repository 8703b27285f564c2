package io.vilokanam.pallets.system.extension;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.extension.Transaction;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;

/**
 * Gives back to the block what the transaction did not use. Stands behind all others, so that it sees what they did not
 * use either ({@code frame_system::WeightReclaim}).
 */
public final class WeightReclaim implements Passing<Unit, Unit> {

    private static final Codec<Unit> CODEC = Passing
            .nothingSent("frame_system::extensions::weight_reclaim::WeightReclaim");

    private final FrameSystem<?> system;
    private final ExtensionWeights weights;

    public WeightReclaim(FrameSystem<?> system) {
        this.system = system;
        this.weights = new ExtensionWeights(system.dbWeight());
    }

    @Override
    public String identifier() {
        return "WeightReclaim";
    }

    @Override
    public Codec<Unit> codec() {
        return CODEC;
    }

    @Override
    public Codec<Unit> implicitCodec() {
        return Codecs.UNIT;
    }

    @Override
    public Unit implicit(Externalities ext, Unit value) {
        return Unit.UNIT;
    }

    @Override
    public Weight weight(Unit value, RuntimeCall call) {
        return weights.weightReclaim();
    }

    @Override
    public Weight postDispatch(Externalities ext, Unit prepared, Transaction transaction, PostDispatchInfo post,
            Result<Unit, DispatchError> outcome) {
        system.reclaimWeight(ext, transaction.info(), post);
        return Weight.ZERO;
    }

    @Override
    public void barePostDispatch(Externalities ext, Transaction transaction, PostDispatchInfo post,
            Result<Unit, DispatchError> outcome) {
        system.reclaimWeight(ext, transaction.info(), post);
    }
}
