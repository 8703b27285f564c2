package io.vilokanam.offchain.settler;

import java.util.List;
import java.util.Optional;

import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.offchain.tickchain.TickChain;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.scale.Bytes;

/**
 * What the parts of a batch weigh, in picoseconds of reference time, and how much batches may weigh in all.
 *
 * @param base the call itself: signature, settings, the platform's payment
 * @param close what an entry weighs besides that closes its session
 */
public record BatchBudget(long base, long entry, long hash, long payment, long close, long total) {

    /** 45 % of the 750 ms that normal calls of a block may take: more than half is left for people's own. */
    static final long TOTAL = 337_500_000_000L;

    private static final PublicKey NOBODY = PublicKey.wrap(new byte[PublicKey.SIZE]);
    private static final Bytes WORD = Bytes.wrap(new byte[32]);
    private static final Entry ENTRY = new Entry(0, 0, WORD, Optional.empty());
    private static final Entry CLOSING = new Entry(0, 0, WORD, Optional.of(WORD));

    /**
     * Takes the parts from what the runtime says that batches weigh, which hold one part each: runtimes differ, and a weight is the
     * sum of its parts.
     */
    public static BatchBudget of(TickChain chain, Hash at) throws ChainUnavailableException {
        long base = weight(chain, at, 0, 0);
        long entry = weight(chain, at, 0, 0, ENTRY) - base;
        return new BatchBudget(base, entry, weight(chain, at, 1, 0) - base, weight(chain, at, 0, 1) - base,
                weight(chain, at, 0, 0, CLOSING) - base - entry, TOTAL);
    }

    private static long weight(TickChain chain, Hash at, long hashes, long payments, Entry... entries)
            throws ChainUnavailableException {
        return chain.batchWeight(at, new Batch(NOBODY, 0, 0, hashes, payments, List.of(entries)));
    }

    /** The same parts, and another sum. */
    BatchBudget withTotal(long other) {
        return new BatchBudget(base, entry, hash, payment, close, other);
    }

    /** What a batch weighs at most. */
    public long weightOf(Batch batch) {
        return weightOf(batch.entries().size(), batch.hashes(), batch.payments(), batch.closes());
    }

    long weightOf(long entries, long hashes, long payments, long closes) {
        return base + entry * entries + hash * hashes + payment * payments + close * closes;
    }
}
