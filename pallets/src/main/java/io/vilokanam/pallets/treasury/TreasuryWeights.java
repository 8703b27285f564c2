package io.vilokanam.pallets.treasury;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What the treasury costs: FRAME's default weights (pallet-treasury 39.0) with RocksDB's costs. */
final class TreasuryWeights {

    static final Weight SPEND_LOCAL = of(9_260_000, 1_887, 2, 3);
    static final Weight REMOVE_APPROVAL = of(5_358_000, 1_887, 1, 1);
    static final Weight SPEND = of(11_874_000, 3_502, 2, 2);
    static final Weight PAYOUT = of(57_099_000, 6_208, 5, 5);
    static final Weight CHECK_STATUS = of(12_297_000, 3_539, 1, 1);
    static final Weight VOID_SPEND = of(10_908_000, 3_539, 1, 1);

    private TreasuryWeights() {}

    private static Weight of(long time, long proof, long reads, long writes) {
        return new Weight(time, proof).plus(DbWeight.ROCKS_DB.readsWrites(reads, writes));
    }

    /** The end of a period at which so many approved payments wait. */
    static Weight onInitializeProposals(long approvals) {
        return of(11_324_784, 1_501, 2, 2).plus(new Weight(45_246, 0).times(approvals));
    }
}
