package io.vilokanam.pallets.convictionvoting;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What voting costs: FRAME's default weights (pallet-conviction-voting 40.1) with RocksDB's costs. */
final class ConvictionVotingWeights {

    static final Weight VOTE = of(132_468_000, 219_984, 8, 7).max(of(333_487_000, 219_984, 8, 7));
    static final Weight REMOVE_VOTE = of(305_052_000, 219_984, 4, 5);
    static final Weight REMOVE_OTHER_VOTE = of(65_626_000, 30_706, 2, 1);
    static final Weight UNLOCK = of(92_198_000, 30_706, 5, 3);

    private ConvictionVotingWeights() {}

    private static Weight of(long time, long proof, long reads, long writes) {
        return new Weight(time, proof).plus(DbWeight.ROCKS_DB.readsWrites(reads, writes));
    }

    /** @param votes how many votes the account has that is delegated to */
    static Weight delegate(long votes) {
        return of(57_424_161, 109_992, 6, 4).plus(of(45_427_938, 109_992, 3, 4).times(votes));
    }

    static Weight undelegate(long votes) {
        return of(28_629_093, 109_992, 2, 2).plus(of(38_342_206, 109_992, 3, 4).times(votes));
    }
}
