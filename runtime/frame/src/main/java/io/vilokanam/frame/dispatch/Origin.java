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

    Origin ROOT = new Root();
    Origin NONE = new None();

    static Origin signed(AccountId account) {
        return new Signed(account);
    }

    default AccountId ensureSigned() throws DispatchException {
        if (this instanceof Signed(AccountId account)) {
            return account;
        }
        throw new DispatchException(new DispatchError.BadOrigin());
    }

    default void ensureRoot() throws DispatchException {
        if (!(this instanceof Root)) {
            throw new DispatchException(new DispatchError.BadOrigin());
        }
    }

    default void ensureNone() throws DispatchException {
        if (!(this instanceof None)) {
            throw new DispatchException(new DispatchError.BadOrigin());
        }
    }
}
