package io.vilokanam.frame.dispatch;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.dispatch.DispatchError;

/** Says which origins may do a thing, where a runtime decides that ({@code frame_support::traits::EnsureOrigin}). */
@FunctionalInterface
public interface EnsureOrigin {

    EnsureOrigin ROOT = (_, origin) -> origin.isRoot();

    boolean allows(Externalities ext, Origin origin);

    /** @throws DispatchException {@code BadOrigin} for all others */
    default void ensure(Externalities ext, Origin origin) throws DispatchException {
        DispatchException.ensure(allows(ext, origin), new DispatchError.BadOrigin());
    }

    /** This origin or another one ({@code EitherOf}). */
    default EnsureOrigin or(EnsureOrigin other) {
        return (ext, origin) -> allows(ext, origin) || other.allows(ext, origin);
    }
}
