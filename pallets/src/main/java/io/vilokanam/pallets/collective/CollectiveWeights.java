package io.vilokanam.pallets.collective;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/**
 * What the calls of Collective cost: FRAME's default weights (pallet-collective 40.0) with RocksDB's costs, by the bytes of a
 * proposal, the members and the proposals.
 */
final class CollectiveWeights {

    static final Weight RELEASE_PROPOSAL_COST = new Weight(65_123_000, 5_156)
            .plus(DbWeight.ROCKS_DB.readsWrites(4, 3));

    private CollectiveWeights() {}

    static Weight setMembers(long members, long proposals) {
        return new Weight(12_646_000, 15_670).plus(each(5_961_291, 1_967, members))
                .plus(each(10_323_837, 4_332, proposals)).plus(DbWeight.ROCKS_DB.readsWrites(2, 2))
                .plus(DbWeight.ROCKS_DB.readsWrites(1, 1).times(proposals));
    }

    static Weight execute(long bytes, long members) {
        return new Weight(12_877_692, 3_997).plus(each(1_555, 0, bytes)).plus(each(14_710, 32, members))
                .plus(DbWeight.ROCKS_DB.reads(3));
    }

    static Weight proposeExecute(long bytes, long members) {
        return new Weight(14_905_569, 3_997).plus(each(1_636, 0, bytes)).plus(each(26_237, 32, members))
                .plus(DbWeight.ROCKS_DB.reads(4));
    }

    static Weight proposeProposed(long bytes, long members, long proposals) {
        return new Weight(61_454_712, 3_892).plus(each(4_274, 0, bytes)).plus(each(30_746, 33, members))
                .plus(each(262_875, 36, proposals)).plus(DbWeight.ROCKS_DB.readsWrites(5, 6));
    }

    static Weight vote(long members) {
        return new Weight(27_882_147, 4_251).plus(each(40_139, 64, members)).plus(DbWeight.ROCKS_DB.readsWrites(2, 1));
    }

    static Weight closeEarlyDisapproved(long members, long proposals) {
        return new Weight(27_410_759, 3_818).plus(each(40_245, 65, members)).plus(each(211_095, 36, proposals))
                .plus(DbWeight.ROCKS_DB.readsWrites(3, 3));
    }

    static Weight closeEarlyApproved(long bytes, long members, long proposals) {
        return new Weight(40_759_167, 3_997).plus(each(3_423, 1, bytes)).plus(each(39_895, 66, members))
                .plus(each(242_036, 40, proposals)).plus(DbWeight.ROCKS_DB.readsWrites(6, 3));
    }

    static Weight closeDisapproved(long members, long proposals) {
        return new Weight(30_258_684, 3_838).plus(each(41_737, 65, members)).plus(each(206_682, 36, proposals))
                .plus(DbWeight.ROCKS_DB.readsWrites(4, 3));
    }

    static Weight closeApproved(long bytes, long members, long proposals) {
        return new Weight(46_459_730, 4_010).plus(each(1_914, 1, bytes)).plus(each(27_310, 66, members))
                .plus(each(237_527, 40, proposals)).plus(DbWeight.ROCKS_DB.readsWrites(7, 3));
    }

    static Weight disapproveProposal(long proposals) {
        return new Weight(14_714_942, 1_653).plus(each(182_535, 32, proposals))
                .plus(DbWeight.ROCKS_DB.readsWrites(1, 3));
    }

    /** @param deposits whether a deposit is burned: 0 or 1 */
    static Weight kill(long deposits, long proposals) {
        return new Weight(18_315_857, 4_954).plus(each(32_810_580, 1_946, deposits)).plus(each(320_835, 43, proposals))
                .plus(DbWeight.ROCKS_DB.readsWrites(3, 3)).plus(DbWeight.ROCKS_DB.readsWrites(2, 3).times(deposits));
    }

    private static Weight each(long time, long proof, long count) {
        return new Weight(time, proof).times(count);
    }
}
