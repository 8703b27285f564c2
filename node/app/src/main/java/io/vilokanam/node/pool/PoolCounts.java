package io.vilokanam.node.pool;

import java.util.concurrent.atomic.LongAdder;

/** What the pool has done since it was made: the counters of stock nodes. Safe for several threads. */
public final class PoolCounts {

    final LongAdder submitted = new LongAdder();
    final LongAdder validationsScheduled = new LongAdder();
    final LongAdder validationsFinished = new LongAdder();
    final LongAdder validationsInvalid = new LongAdder();
    final LongAdder pruned = new LongAdder();
    final LongAdder resubmitted = new LongAdder();

    /** Transactions that somebody handed in. */
    public long submitted() {
        return submitted.sum();
    }

    public long validationsScheduled() {
        return validationsScheduled.sum();
    }

    public long validationsFinished() {
        return validationsFinished.sum();
    }

    /** Transactions that were thrown out as invalid. */
    public long validationsInvalid() {
        return validationsInvalid.sum();
    }

    /** Extrinsics of blocks of the best chain. */
    public long pruned() {
        return pruned.sum();
    }

    /** Extrinsics of blocks that left the best chain. */
    public long resubmitted() {
        return resubmitted.sum();
    }
}
