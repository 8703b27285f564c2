package io.vilokanam.frame.voting;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;

/** Conducts polls that others vote in ({@code frame_support::traits::Polling}); {@code T} is the count of a poll's votes. */
public interface Polling<T> {

    /** What is done with a poll. */
    @FunctionalInterface
    interface Access<T, R> {
        R apply(PollStatus<T> status) throws DispatchException;
    }

    /** The classes of polls there are, in ascending order. */
    List<Integer> classes();

    /** The count and class of a poll, if votes for it are taken. */
    Optional<PollStatus.Ongoing<T>> asOngoing(Externalities ext, long index);

    /** Looks at a poll and stores what was counted; nothing where {@code access} fails ({@code try_access_poll}). */
    <R> R tryAccessPoll(Externalities ext, long index, Access<T, R> access) throws DispatchException;
}
