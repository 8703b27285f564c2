package io.vilokanam.offchain.collector;

/** What became of a word; the names in lower case are those of the RPC answers. */
public enum Verdict {
    /** It is the newest word now. */
    ACCEPTED,
    /** As many or more ticks were proven before. */
    STALE,
    /** More ticks than the time since the session was opened allows, or too many hashes away from the newest known word. */
    AHEAD,
    /** The word, or the close secret, is not of this session. */
    MISMATCH,
    /** It is the newest word now and settles, but the session is closing: nothing more is served. */
    CLOSING,
    /** The escrow or the hash chain does not reach so far. */
    EXHAUSTED,
    /** There is no such session. */
    UNKNOWN
}
