package io.vilokanam.frame.time;

import io.vilokanam.api.Externalities;

/** The time that the chain knows. */
@FunctionalInterface
public interface BlockTime {

    /** Milliseconds since 1970, as the newest block's author set them; 0 before the first block. */
    long now(Externalities ext);
}
