package io.vilokanam.pallets.system.extension;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.extension.Transaction;
import io.vilokanam.frame.extension.TransactionExtension;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.pallets.system.BlockWeights;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.pallets.system.PerDispatchClass;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;

/** Extrinsics fit into their block by weight and by length ({@code frame_system::CheckWeight}). */
public final class CheckWeight implements TransactionExtension<Unit, Unit, Long, Unit> {

    private static final Codec<Unit> CODEC = Passing.nothingSent("frame_system::extensions::check_weight::CheckWeight");
    private static final long U32_MAX = 0xffff_ffffL;

    private final FrameSystem<?> system;

    public CheckWeight(FrameSystem<?> system) {
        this.system = system;
    }

    @Override
    public String identifier() {
        return "CheckWeight";
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
        return ExtensionWeights.CHECK_WEIGHT;
    }

    /** Hands on how long the block's extrinsics are with this one. */
    @Override
    public Validated<Long> validate(Externalities ext, Unit value, Origin origin, Transaction transaction)
            throws ValidityException {
        return new Validated<>(ValidTransaction.DEFAULT, nextLength(ext, transaction), origin);
    }

    @Override
    public Unit prepare(Externalities ext, Unit value, Long nextLength, Origin origin, Transaction transaction)
            throws ValidityException {
        takeUp(ext, transaction, nextLength);
        return Unit.UNIT;
    }

    @Override
    public Weight postDispatch(Externalities ext, Unit prepared, Transaction transaction, PostDispatchInfo post,
            Result<Unit, DispatchError> outcome) {
        system.reclaimWeight(ext, transaction.info(), post);
        return Weight.ZERO;
    }

    @Override
    public ValidTransaction bareValidate(Externalities ext, Transaction transaction) throws ValidityException {
        nextLength(ext, transaction);
        return ValidTransaction.DEFAULT;
    }

    @Override
    public void bareValidateAndPrepare(Externalities ext, Transaction transaction) throws ValidityException {
        takeUp(ext, transaction, nextLength(ext, transaction));
    }

    @Override
    public void barePostDispatch(Externalities ext, Transaction transaction, PostDispatchInfo post,
            Result<Unit, DispatchError> outcome) {
        system.reclaimWeight(ext, transaction.info(), post);
    }

    private long nextLength(Externalities ext, Transaction transaction) throws ValidityException {
        DispatchInfo info = transaction.info();
        long next = Math.min(system.allExtrinsicsLength(ext) + transaction.length(), U32_MAX);
        ensureFits(next <= system.blockLength().max().get(info.dispatchClass()));
        Weight total = info.totalWeight();
        ensureFits(system.blockWeights().get(info.dispatchClass()).maxExtrinsic().filter(total::anyAbove).isEmpty());
        return next;
    }

    private void takeUp(Externalities ext, Transaction transaction, long nextLength) throws ValidityException {
        PerDispatchClass<Weight> used = usedWith(system.blockWeight(ext), transaction);
        system.putAllExtrinsicsLength(ext, nextLength);
        system.putBlockWeight(ext, used);
    }

    /** What the block's classes used, with this extrinsic: its length counts as proof size. */
    private PerDispatchClass<Weight> usedWith(PerDispatchClass<Weight> used, Transaction transaction)
            throws ValidityException {
        DispatchInfo info = transaction.info();
        BlockWeights.OfClass limits = system.blockWeights().get(info.dispatchClass());
        Weight extrinsic = info.totalWeight().plus(limits.baseExtrinsic()).plusProofSize(transaction.length());
        boolean limited = limits.maxTotal().isPresent() || limits.reserved().isPresent();
        ensureFits(!limited || !used.get(info.dispatchClass()).wouldOverflow(extrinsic));
        PerDispatchClass<Weight> next = used.with(info.dispatchClass(), part -> part.plus(extrinsic));
        Weight ofClass = next.get(info.dispatchClass());
        ensureFits(limits.maxTotal().filter(ofClass::anyAbove).isEmpty());
        if (PerDispatchClass.total(next).anyAbove(system.maxBlockWeight())) {
            ensureFits(limits.reserved().filter(ofClass::anyAbove).isEmpty());
        }
        return next;
    }

    private static void ensureFits(boolean fits) throws ValidityException {
        if (!fits) {
            throw new ValidityException(new InvalidTransaction.ExhaustsResources());
        }
    }
}
