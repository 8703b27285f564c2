package io.vilokanam.frame.preimage;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/** Puts what was hashed on the chain, in the name of nobody ({@code frame_support::traits::StorePreimage}). */
public interface StorePreimage extends QueryPreimage {

    /**
     * Requests and stores.
     *
     * @throws DispatchException {@code Exhausted} where it is too long
     */
    Hash note(Externalities ext, byte[] bytes) throws DispatchException;

    /** Clears what was stored. */
    void unnote(Externalities ext, Hash hash);

    /** Makes an encoding small enough to be stored; one that is too long to stand inline is noted. */
    default Bounded bound(Externalities ext, byte[] encoded) throws DispatchException {
        return encoded.length <= Bounded.INLINE_MAX ? new Bounded.Inline(Bytes.wrap(encoded))
                : new Bounded.Lookup(note(ext, encoded), encoded.length);
    }
}
