package io.vilokanam.frame.dispatch;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.dispatch.DispatchError;

/** On whose behalf a call runs ({@code frame_system::RawOrigin}). */
public sealed interface Origin {

    /** The chain itself: above all others. */
    record Root() implements Origin {}

    record Signed(AccountId account) implements Origin {}

    /** Nobody: inherents and unsigned transactions. */
    record None() implements Origin {}

    /** An origin that a pallet of its own kind gives: {@code pallet} is the index at which that pallet stands. */
    record OfPallet(int pallet, PalletOrigin origin) implements Origin {}

    /**
     * A caller that may not make every call. What the filter refuses fails with System's {@code CallFiltered}, also deep
     * within other calls; calls see the caller alone.
     */
    record Filtered(Origin unfiltered, CallFilter filter) implements Origin {}

    Origin ROOT = new Root();
    Origin NONE = new None();

    static Origin signed(AccountId account) {
        return new Signed(account);
    }

    /** The origin without filters. */
    default Origin caller() {
        return this instanceof Filtered(Origin unfiltered, CallFilter _) ? unfiltered.caller() : this;
    }

    /** The same origin with a further filter. */
    default Origin filteredBy(CallFilter filter) {
        return new Filtered(this, filter);
    }

    /** Another caller with the filters of this origin. */
    default Origin withCaller(Origin caller) {
        return this instanceof Filtered(Origin unfiltered, CallFilter filter)
                ? new Filtered(unfiltered.withCaller(caller), filter)
                : caller;
    }

    /** Whether no filter refuses the call. */
    default boolean allows(RuntimeCall call) {
        return !(this instanceof Filtered(Origin unfiltered, CallFilter filter))
                || filter.allows(call) && unfiltered.allows(call);
    }

    default boolean isRoot() {
        return caller() instanceof Root;
    }

    default AccountId ensureSigned() throws DispatchException {
        if (caller() instanceof Signed(AccountId account)) {
            return account;
        }
        throw new DispatchException(new DispatchError.BadOrigin());
    }

    default void ensureRoot() throws DispatchException {
        if (!isRoot()) {
            throw new DispatchException(new DispatchError.BadOrigin());
        }
    }

    default void ensureNone() throws DispatchException {
        if (!(caller() instanceof None)) {
            throw new DispatchException(new DispatchError.BadOrigin());
        }
    }
}
