package io.vilokanam.frame.pallet;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.inherent.InherentData;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.UnknownTransaction;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Result;

/**
 * A part of a runtime: calls, storage, events and hooks that belong together. Built once, holds no state; all state is
 * reached through the {@code ext} argument. {@code C} is the sealed type of its calls.
 */
public interface Pallet<C> {

    /** What a call costs at most, before it runs. */
    Weight weigh(C call);

    default DispatchClass dispatchClass(C call) {
        return DispatchClass.NORMAL;
    }

    default Pays paysFee(C call) {
        return Pays.YES;
    }

    /**
     * Runs a call. The framework has opened a storage layer: a failing call may have written.
     *
     * @return what the call really cost
     */
    PostDispatchInfo dispatch(Externalities ext, Origin origin, C call) throws DispatchException;

    /** Called first in every block, in the order of the pallets; returns the weight used. */
    default Weight onInitialize(Externalities ext, long number) {
        return Weight.ZERO;
    }

    /** Called with what weight is left, after the extrinsics; returns the weight used. */
    default Weight onIdle(Externalities ext, long number, Weight remaining) {
        return Weight.ZERO;
    }

    /** Called last in every block. */
    default void onFinalize(Externalities ext, long number) {}

    /** Called once, in the first block of a new runtime version, before {@link #onInitialize}; returns the weight used. */
    default Weight onRuntimeUpgrade(Externalities ext) {
        return Weight.ZERO;
    }

    /** Called beside the chain, at the state of a block that was imported. */
    default void offchainWorker(Externalities ext, long number) {}

    /** Whether an unsigned transaction with this call may enter the pool. */
    default Result<ValidTransaction, TransactionValidityError> validateUnsigned(Externalities ext,
            TransactionSource source,
            C call) {
        return Result.err(new TransactionValidityError.Unknown(new UnknownTransaction.NoUnsignedValidator()));
    }

    /**
     * The last check of an unsigned call before it is dispatched in a block; empty if it may be. A pallet that validates
     * unsigned calls repeats the check here, as FRAME's {@code ValidateUnsigned::pre_dispatch} does by default; for all
     * others the call decides by its origin.
     */
    default Optional<TransactionValidityError> preDispatchUnsigned(Externalities ext, C call) {
        return Optional.empty();
    }

    /** The call that this pallet puts in front of every block, made from what the author knows. */
    default Optional<C> createInherent(Externalities ext, InherentData data) {
        return Optional.empty();
    }

    default boolean isInherent(C call) {
        return false;
    }

    /** Checks an inherent of somebody else's block against what this node knows; empty if it is fine. */
    default Optional<InherentError> checkInherent(Externalities ext, C call, InherentData data) {
        return Optional.empty();
    }

    /** What is wrong with an inherent: the identifier of its data, the error's bytes, and whether no later time mends it. */
    record InherentError(Bytes identifier, Bytes error, boolean fatal) {}
}
