package io.vilokanam.frame.pallet;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;

/** A pallet that nobody can call: it has storage, hooks, or both. {@code C} is an enum without constants. */
public interface PalletWithoutCalls<C extends Enum<C>> extends Pallet<C> {

    @Override
    default Weight weigh(C call) {
        throw new IllegalStateException("this pallet has no calls");
    }

    @Override
    default PostDispatchInfo dispatch(Externalities ext, Origin origin, C call) {
        throw new IllegalStateException("this pallet has no calls");
    }
}
