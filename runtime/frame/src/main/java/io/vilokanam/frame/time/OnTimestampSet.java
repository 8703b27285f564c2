package io.vilokanam.frame.time;

import io.vilokanam.api.Externalities;

/** Is told when a block's time is known. */
@FunctionalInterface
public interface OnTimestampSet {

    /** @param moment milliseconds since 1970 */
    void onTimestampSet(Externalities ext, long moment);
}
