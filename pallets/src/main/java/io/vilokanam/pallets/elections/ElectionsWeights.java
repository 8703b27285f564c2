package io.vilokanam.pallets.elections;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What the calls of Elections cost: FRAME's default weights (pallet-elections-phragmen 41.0) with RocksDB's costs. */
final class ElectionsWeights {

    static final Weight REMOVE_VOTER = new Weight(43_828_000, 4_764).plus(DbWeight.ROCKS_DB.readsWrites(3, 2));
    static final Weight RENOUNCE_MEMBER = new Weight(42_179_000, 3_060).plus(DbWeight.ROCKS_DB.readsWrites(4, 4));
    static final Weight RENOUNCE_RUNNER_UP = new Weight(30_472_000, 2_236).plus(DbWeight.ROCKS_DB.readsWrites(1, 1));
    /** More than a block has: an election anew does not fit an extrinsic. */
    static final Weight REMOVE_MEMBER_WITHOUT_REPLACEMENT = new Weight(2_000_000_000_000L, 0);
    static final Weight REMOVE_MEMBER_WITH_REPLACEMENT = new Weight(47_206_000, 3_593)
            .plus(DbWeight.ROCKS_DB.readsWrites(5, 5));

    private ElectionsWeights() {}

    /** The largest of three: for a deposit that grows, shrinks or stays. */
    static Weight vote(long votes) {
        return vote(31_688_053, 239_976, votes).max(vote(43_125_592, 244_542, votes))
                .max(vote(43_351_255, 242_837, votes));
    }

    private static Weight vote(long base, long each, long votes) {
        return new Weight(base, 4_764).plus(new Weight(each, 83).times(votes))
                .plus(DbWeight.ROCKS_DB.readsWrites(6, 2));
    }

    static Weight submitCandidacy(long candidates) {
        return new Weight(36_158_550, 2_959).plus(new Weight(80_161, 48).times(candidates))
                .plus(DbWeight.ROCKS_DB.readsWrites(3, 1));
    }

    static Weight renounceCandidate(long candidates) {
        return new Weight(28_254_151, 1_750).plus(new Weight(68_988, 48).times(candidates))
                .plus(DbWeight.ROCKS_DB.readsWrites(1, 1));
    }

    static Weight cleanDefunctVoters(long voters, long defunct) {
        return new Weight(5_442_000, 12_490).plus(new Weight(356_284, 28).times(voters))
                .plus(new Weight(59_936_319, 3_774).times(defunct)).plus(DbWeight.ROCKS_DB.reads(4))
                .plus(DbWeight.ROCKS_DB.readsWrites(4, 3).times(defunct));
    }

    static Weight election(long candidates, long voters, long votes) {
        return new Weight(1_453_511_000, 253_201).plus(new Weight(17_830_182, 1_952).times(voters))
                .plus(new Weight(521_821, 9).times(votes)).plus(new Weight(0, 2_409).times(candidates))
                .plus(DbWeight.ROCKS_DB.readsWrites(112, 6)).plus(DbWeight.ROCKS_DB.readsWrites(1, 1).times(candidates))
                .plus(DbWeight.ROCKS_DB.reads(1).times(voters));
    }
}
