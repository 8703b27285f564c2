package io.vilokanam.frame.session;

import java.util.List;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;

/** Is told of new sessions, with the validators' keys of its own type ({@code OneSessionHandler}). */
public interface SessionHandler {

    /** Which of the session keys it works with. */
    KeyTypeId keyType();

    /** The keys of the first validators, at genesis. */
    void onGenesisSession(Externalities ext, List<PublicKey> validators);

    /**
     * A session begins.
     *
     * @param session its index
     * @param changed whether its validators or their keys may be others than before
     * @param validators the keys of those who validate now, in their order
     */
    void onNewSession(Externalities ext, long session, boolean changed, List<PublicKey> validators);
}
