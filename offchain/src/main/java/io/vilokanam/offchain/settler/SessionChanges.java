package io.vilokanam.offchain.settler;

import java.util.Optional;

import io.vilokanam.primitives.Hash;

/** Tells which sessions a block changed, so that nobody has to ask about all of them. */
public interface SessionChanges {

    /**
     * What a block did.
     *
     * @param parent the block before it
     * @param sessions that it opened, changed or ended
     */
    record Changed(Hash parent, long[] sessions) {}

    /** Where nobody tells: all sessions are asked about from time to time. */
    SessionChanges UNKNOWN = _ -> Optional.empty();

    /** Of one of the last blocks; empty where that is not known. */
    Optional<Changed> of(Hash block);

    /** Called at the state of a block that has tick-stream, before blocks are asked for; again and again, and does its work once. */
    default void prepare(Hash at) {
        // Most know from the beginning.
    }
}
