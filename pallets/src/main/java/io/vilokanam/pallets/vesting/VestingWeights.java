package io.vilokanam.pallets.vesting;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/**
 * What the calls of Vesting cost: FRAME's default weights (pallet-vesting 40.1) with RocksDB's costs, for as many locks as
 * an account should have and for {@code schedules}.
 *
 * @param locks the most locks of an account
 */
record VestingWeights(int locks) {

    private static final long PROOF = 4_764;

    private Weight of(long base, long proof, long lock, long schedule, long schedules, int reads) {
        return new Weight(base, proof).plus(new Weight(lock, 0).times(locks))
                .plus(new Weight(schedule, 0).times(schedules))
                .plus(DbWeight.ROCKS_DB.readsWrites(reads, reads - 1L));
    }

    Weight vest(long schedules) {
        return of(28_662_441, PROOF, 30_514, 62_299, schedules, 3)
                .max(of(30_464_494, PROOF, 28_285, 66_703, schedules, 3));
    }

    Weight vestOther(long schedules) {
        return of(31_191_832, PROOF, 29_734, 65_658, schedules, 4)
                .max(of(32_877_344, PROOF, 34_308, 58_989, schedules, 4));
    }

    Weight vestedTransfer(long schedules) {
        return of(68_202_160, PROOF, 48_357, 102_560, schedules, 4);
    }

    Weight forceVestedTransfer(long schedules) {
        return of(69_862_164, 6_196, 49_783, 114_991, schedules, 5);
    }

    Weight mergeSchedules(long schedules) {
        return of(29_471_812, PROOF, 30_158, 65_109, schedules, 3)
                .max(of(31_237_719, PROOF, 35_827, 79_394, schedules, 3));
    }

    Weight forceRemoveVestingSchedule(long schedules) {
        return of(34_502_101, PROOF, 40_786, 81_931, schedules, 4);
    }
}
