package io.vilokanam.rpc.tickstream;

import java.util.List;
import java.util.function.Consumer;

import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** The node's collector of words. Calls may come from many threads and may block. */
public interface TickBackend {

    /**
     * Takes in word number {@code ticks} of a session's hash chain.
     *
     * @param session u64
     * @param word 32 bytes
     */
    Answer submit(long session, long ticks, Bytes word) throws TickUnavailableException;

    /** Takes in the 32-byte secret that closes a session. */
    Answer release(long session, Bytes secret) throws TickUnavailableException;

    /** The newest word's number that the collector knows of a session; 0 where it knows none. */
    long paidTicks(long session);

    /**
     * Tells where a session stands now, then each change; the last progress is {@link Status#OVER}. The listener is called
     * from any thread.
     */
    Registration followSession(long session, Consumer<Progress> listener) throws TickUnavailableException;

    /** Tells what a stream earns now, then each second what is new. The listener is called from any thread. */
    Registration followStream(long stream, Consumer<StreamProgress> listener);

    /** Where a session stands. */
    enum Status {
        OPEN, CLOSING, OVER
    }

    /** A session's progress; the numbers are those of {@link Answer}, zero where it is over. */
    record Progress(Status status, long paidTicks, long settledTicks, long leftTicks, U128 left) {}

    /**
     * What a stream earns, over the sessions that were known when following began or came since.
     *
     * @param paying of how many sessions new words came since the last progress
     * @param paid what the paid ticks cost the viewers, the platform's fee included
     * @param settled what of it is settled on chain
     * @param changed sessions that changed since the last progress
     */
    record StreamProgress(long paying, long paidTicks, long settledTicks, U128 paid, U128 settled,
            List<Change> changed) {}

    /** A session of a stream that changed. */
    record Change(long session, Status status, long paidTicks, long settledTicks) {}

    /** What became of a word. */
    enum Verdict {
        ACCEPTED, STALE, AHEAD, MISMATCH, CLOSING, EXHAUSTED, UNKNOWN
    }

    /**
     * @param paidTicks the number of the newest known word
     * @param settledTicks how many of them are settled on chain
     * @param leftTicks how many more ticks can be paid
     * @param left plancks that no known word spends
     */
    record Answer(Verdict verdict, long paidTicks, long settledTicks, long leftTicks, U128 left) {}
}
