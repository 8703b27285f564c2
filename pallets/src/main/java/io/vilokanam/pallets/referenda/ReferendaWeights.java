package io.vilokanam.pallets.referenda;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What referenda cost: FRAME's default weights (pallet-referenda 40.1) with RocksDB's costs. */
final class ReferendaWeights {

    static final Weight SUBMIT = of(30_644_000, 110_487, 3, 3);
    static final Weight REFUND_DECISION_DEPOSIT = of(25_993_000, 3_831, 1, 1);
    static final Weight REFUND_SUBMISSION_DEPOSIT = of(25_604_000, 3_831, 1, 1);
    static final Weight CANCEL = of(28_364_000, 219_984, 3, 4);
    static final Weight KILL = of(64_979_000, 219_984, 4, 4);
    static final Weight SET_SOME_METADATA = of(18_106_000, 3_831, 3, 1);
    static final Weight CLEAR_METADATA = of(15_983_000, 3_831, 2, 1);

    static final Weight ONE_FEWER_DECIDING_QUEUE_EMPTY = of(11_371_000, 14_787, 3, 1);
    static final Weight ONE_FEWER_DECIDING_FAILING = of(44_282_000, 110_487, 4, 3);
    static final Weight ONE_FEWER_DECIDING_PASSING = of(45_147_000, 110_487, 4, 3);
    static final Weight ONE_FEWER_DECIDING_MAX = ONE_FEWER_DECIDING_QUEUE_EMPTY.max(ONE_FEWER_DECIDING_FAILING)
            .max(ONE_FEWER_DECIDING_PASSING);

    private ReferendaWeights() {}

    static Weight of(long time, long proof, long reads, long writes) {
        return new Weight(time, proof).plus(DbWeight.ROCKS_DB.readsWrites(reads, writes));
    }
}
