package io.vilokanam.rpc.backend;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/**
 * Where a transaction stands, and why.
 *
 * @param place what became of it
 * @param banned for how long at least the pool takes it from nobody
 */
public record PendingStatus(Place place, Optional<Duration> banned) {

    /** What became of a transaction. */
    public sealed interface Place {

        /** It may go into the next block; {@code validTill} is a block number; both numbers are unsigned. */
        record Ready(long priority, long validTill) implements Place {}

        /** It waits for others that provide these tags. */
        record Future(long priority, long validTill, List<Bytes> missing) implements Place {
            public Future {
                missing = List.copyOf(missing);
            }
        }

        /** A block of the best chain holds it. */
        record InBlock(Hash block) implements Place {}

        /** The pool did not take it when it was submitted, with this block as the best one. */
        record Refused(PoolRefusal refusal, BlockRef best) implements Place {}

        /** It was in the pool and left it with this status; {@code reason}: what the runtime said, if it was asked. */
        record Removed(TransactionStatus last, Optional<PoolRefusal> reason, BlockRef best) implements Place {}

        /** Never seen, or so long ago that it is forgotten. */
        record Unknown() implements Place {}
    }
}
