package io.vilokanam.offchain.collector;

import java.util.List;

import io.vilokanam.scale.U128;

/**
 * What a stream earns, over all its sessions that were known when following began or came since.
 *
 * @param paying of how many sessions new words came since the last progress
 * @param paidTicks ticks proven by words
 * @param settledTicks those of them that are settled on chain
 * @param paid what the paid ticks cost the viewers, plancks, the platform's fee included
 * @param settled what of it is settled
 * @param changed sessions that changed since the last progress, at most {@link Followers#CHANGES_MAX}; others come with the next
 */
public record StreamProgress(long paying, long paidTicks, long settledTicks, U128 paid, U128 settled,
        List<Change> changed) {

    /** Where a session stands. */
    public enum Status {
        OPEN, CLOSING, OVER
    }

    /** A session that changed. */
    public record Change(long session, Status status, long paidTicks, long settledTicks) {}
}
