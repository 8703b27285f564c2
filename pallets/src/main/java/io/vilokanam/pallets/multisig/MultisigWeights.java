package io.vilokanam.pallets.multisig;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/**
 * What the calls of Multisig cost: FRAME's default weights (pallet-multisig 40.0) with RocksDB's costs, by the other signatories
 * and the bytes of the call.
 */
final class MultisigWeights {

    private MultisigWeights() {}

    static Weight asMultiThreshold1(long bytes) {
        return new Weight(20_470_382, 3_997).plus(each(397, bytes)).plus(DbWeight.ROCKS_DB.reads(2));
    }

    static Weight create(long others, long bytes) {
        return of(29_976_762, 144_320, others).plus(each(1_819, bytes));
    }

    static Weight approve(long others, long bytes) {
        return of(14_821_348, 127_874, others).plus(each(1_968, bytes));
    }

    static Weight complete(long others, long bytes) {
        return new Weight(34_745_418, 6_811).plus(each(193_313, others)).plus(each(2_057, bytes))
                .plus(DbWeight.ROCKS_DB.readsWrites(4, 2));
    }

    static Weight approveAsMulti(long others) {
        return of(27_463_275, 139_226, others).max(of(14_074_258, 126_544, others));
    }

    static Weight cancel(long others) {
        return of(28_623_566, 135_351, others);
    }

    static Weight pokeDeposit(long others) {
        return of(27_349_525, 121_813, others);
    }

    private static Weight of(long base, long other, long others) {
        return new Weight(base, 6_811).plus(each(other, others)).plus(DbWeight.ROCKS_DB.readsWrites(1, 1));
    }

    private static Weight each(long time, long count) {
        return new Weight(time, 0).times(count);
    }
}
