package io.vilokanam.frame.schedule;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.preimage.Bounded;
import io.vilokanam.scale.Bytes;

/**
 * Makes calls in later blocks ({@code frame_support::traits::schedule::v3}), with or without a name by which a task is found
 * again. A task that is not found is {@code Unavailable}. Calls are encoded calls of the runtime; scheduling requests those
 * that have to be looked up.
 */
public interface Schedule {

    /** The priority that goes first. */
    int HIGHEST_PRIORITY = 0;

    /** Tasks of this priority or a higher one are meant to run in the block they ask for. */
    int HARD_DEADLINE = 63;

    /** The priority of most tasks. */
    int LOWEST_PRIORITY = 255;

    /** The length of a name in bytes. */
    int NAME_SIZE = 32;

    TaskAddress schedule(Externalities ext, DispatchTime when, Optional<Period> periodic, int priority, Origin origin,
            Bounded call) throws DispatchException;

    void cancel(Externalities ext, TaskAddress address) throws DispatchException;

    TaskAddress reschedule(Externalities ext, TaskAddress address, DispatchTime when) throws DispatchException;

    /** The block that the task is due at. */
    long nextDispatchTime(Externalities ext, TaskAddress address) throws DispatchException;

    /** @param name {@link #NAME_SIZE} bytes; one that is in use fails */
    TaskAddress scheduleNamed(Externalities ext, Bytes name, DispatchTime when, Optional<Period> periodic, int priority,
            Origin origin, Bounded call) throws DispatchException;

    void cancelNamed(Externalities ext, Bytes name) throws DispatchException;

    TaskAddress rescheduleNamed(Externalities ext, Bytes name, DispatchTime when) throws DispatchException;

    long nextDispatchTimeNamed(Externalities ext, Bytes name) throws DispatchException;
}
