package io.vilokanam.offchain.settler;

import java.util.concurrent.atomic.LongAdder;

/** What a settler did since it was made, for metrics. */
public final class SettlerCounts {

    final LongAdder batches = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder entries = new LongAdder();
    final LongAdder hashes = new LongAdder();
    final LongAdder asked = new LongAdder();
    final LongAdder foreign = new LongAdder();
    volatile long lagBlocks;
    volatile long roundBlocks;
    volatile long due;
    volatile long weight;

    SettlerCounts() {}

    /** Batches that the pool took. */
    public long batches() {
        return batches.sum();
    }

    /** Batches that the pool refused. */
    public long refused() {
        return refused.sum();
    }

    /** Entries of the batches that the pool took. */
    public long entries() {
        return entries.sum();
    }

    /** Hashes that checking them costs the chain. */
    public long hashes() {
        return hashes.sum();
    }

    /** Sessions that the chain was asked about. */
    public long asked() {
        return asked.sum();
    }

    /** Settlements of others that were seen. */
    public long foreign() {
        return foreign.sum();
    }

    /** For how many blocks the session with new words that waited longest had waited, when all were looked at last. */
    public long lagBlocks() {
        return lagBlocks;
    }

    /** How many blocks it took to look at all sessions. */
    public long roundBlocks() {
        return roundBlocks;
    }

    /** How many sessions were due at the last block, as far as was looked. */
    public long due() {
        return due;
    }

    /** What the batches of the last block weigh at most, picoseconds. */
    public long weight() {
        return weight;
    }
}
