package io.vilokanam.offchain.collector;

import java.util.Optional;

import io.vilokanam.scale.Bytes;

/** A session with what could be settled of it: its newest word and the viewer's close secret, where it was released. */
public record Pending(KnownSession session, Optional<Bytes> closeSecret) {

    /** Whether the chain does not know all of it yet. */
    public boolean hasNews() {
        return session.isUnsettled() || closeSecret.isPresent();
    }
}
