package io.vilokanam.frame.pallet;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.ModuleError;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;

/** A pallet at its place in a runtime. */
public final class PalletSlot {

    private final RuntimeScope runtime;
    private final PalletScope scope;
    private final Pallet<Object> pallet;

    @SuppressWarnings("unchecked")
    PalletSlot(RuntimeScope runtime, PalletScope scope, Pallet<?> pallet) {
        this.runtime = runtime;
        this.scope = scope;
        // Safe: calls of this slot are only made by the pallet's own call table, or by the pallet itself.
        this.pallet = (Pallet<Object>) pallet;
    }

    public int index() {
        return scope.index();
    }

    public String name() {
        return scope.name();
    }

    public PalletScope scope() {
        return scope;
    }

    public Pallet<Object> pallet() {
        return pallet;
    }

    public DispatchInfo dispatchInfo(Object call) {
        return new DispatchInfo(pallet.weigh(call), Weight.ZERO, pallet.dispatchClass(call), pallet.paysFee(call));
    }

    /** Runs a call without opening a storage layer; failures come out resolved. */
    PostDispatchInfo dispatch(Externalities ext, Origin origin, Object call) throws DispatchException {
        try {
            return pallet.dispatch(ext, origin, call);
        } catch (DispatchException failure) {
            throw failure.palletError().isEmpty() ? failure
                    : new DispatchException(resolve(failure)).having(failure.post());
        }
    }

    private DispatchError resolve(DispatchException failure) {
        PalletError error = failure.palletError().orElseThrow();
        return scope.owns(error) ? new DispatchError.Module(ModuleError.of(index(), scope.indexOf(error)))
                : runtime.resolve(failure);
    }

    @Override
    public String toString() {
        return name();
    }
}
