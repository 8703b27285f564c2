package io.vilokanam.pallets.utility;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What the calls of Utility cost by themselves: FRAME's default weights (pallet-utility 40.0) with RocksDB's costs. */
final class UtilityWeights {

    static final Weight AS_DERIVATIVE = new Weight(6_097_000, 3_997).plus(DbWeight.ROCKS_DB.reads(2))
            // The call's own annotation adds the account of the pseudonym to the benchmark.
            .plus(DbWeight.ROCKS_DB.readsWrites(1, 1));
    static final Weight DISPATCH_AS = new Weight(5_720_000, 0);
    static final Weight DISPATCH_AS_FALLIBLE = new Weight(5_705_000, 0);
    static final Weight IF_ELSE = new Weight(11_571_000, 7_004).plus(DbWeight.ROCKS_DB.reads(3));

    private UtilityWeights() {}

    static Weight batch(int calls) {
        return batch(4_034_000, 4_914_560, calls);
    }

    static Weight batchAll(int calls) {
        return batch(4_075_000, 5_127_263, calls);
    }

    static Weight forceBatch(int calls) {
        return batch(4_035_000, 4_902_729, calls);
    }

    private static Weight batch(long base, long each, int calls) {
        return new Weight(base, 3_997).plus(new Weight(each, 0).times(calls)).plus(DbWeight.ROCKS_DB.reads(2));
    }
}
