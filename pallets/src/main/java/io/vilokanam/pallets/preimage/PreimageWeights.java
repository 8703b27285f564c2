package io.vilokanam.pallets.preimage;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What the calls of {@link Preimage} cost: FRAME's default weights (pallet-preimage 40.0) with RocksDB's costs. */
final class PreimageWeights {

    static final Weight UNNOTE_PREIMAGE = new Weight(50_830_000, 3_892).plus(DbWeight.ROCKS_DB.readsWrites(3, 3));
    static final Weight REQUEST_PREIMAGE = new Weight(19_292_000, 3_556).plus(DbWeight.ROCKS_DB.readsWrites(2, 1));
    static final Weight UNREQUEST_PREIMAGE = new Weight(20_209_000, 3_556).plus(DbWeight.ROCKS_DB.readsWrites(2, 2));

    private PreimageWeights() {}

    static Weight notePreimage(long bytes) {
        return new Weight(50_499_000, 28_584).plus(new Weight(13_491, 0).times(bytes))
                .plus(DbWeight.ROCKS_DB.readsWrites(5, 3));
    }

    static Weight ensureUpdated(long hashes) {
        return new Weight(56_817_000, 28_584).plus(new Weight(59_397_441, 2_902).times(hashes))
                .plus(DbWeight.ROCKS_DB.reads(2)).plus(DbWeight.ROCKS_DB.readsWrites(3, 4).times(hashes));
    }
}
