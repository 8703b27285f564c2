package io.vilokanam.rpc.tickstream;

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
