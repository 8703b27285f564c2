package io.vilokanam.frame.pallet;

import io.vilokanam.api.Externalities;

/** Records the events of a block; the System pallet is it. */
@FunctionalInterface
public interface EventLog {

    /** Adds an event: the pallet's index, the event's index and its fields, in SCALE. */
    void append(Externalities ext, byte[] event);
}
