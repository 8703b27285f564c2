package io.vilokanam.pallets.scheduler;

import java.util.Optional;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/**
 * What calls and tasks of {@link Scheduler} cost by themselves: FRAME's default weights (pallet-scheduler 41.0) with
 * RocksDB's costs.
 */
final class SchedulerWeights {

    static final Weight SERVICE_AGENDAS_BASE = new Weight(1_335_000, 1_489).plus(DbWeight.ROCKS_DB.readsWrites(1, 1));
    static final Weight EXECUTE_DISPATCH_SIGNED = new Weight(4_155_000, 3_997).plus(DbWeight.ROCKS_DB.reads(2));
    static final Weight EXECUTE_DISPATCH_UNSIGNED = new Weight(1_858_000, 0);
    static final Weight SET_RETRY = new Weight(169_783_000, 110_487).plus(DbWeight.ROCKS_DB.readsWrites(1, 1));
    static final Weight SET_RETRY_NAMED = new Weight(186_544_000, 110_487).plus(DbWeight.ROCKS_DB.readsWrites(2, 1));
    static final Weight CANCEL_RETRY = new Weight(169_076_000, 110_487).plus(DbWeight.ROCKS_DB.readsWrites(1, 1));
    static final Weight CANCEL_RETRY_NAMED = new Weight(182_329_000, 110_487).plus(DbWeight.ROCKS_DB.readsWrites(2, 1));

    private static final Weight TASK_BASE = new Weight(2_991_000, 0);
    private static final Weight TASK_NAMED = new Weight(4_292_000, 0).plus(DbWeight.ROCKS_DB.writes(1));
    private static final Weight TASK_PERIODIC = new Weight(2_974_000, 0);

    private SchedulerWeights() {}

    static Weight serviceAgendaBase(int tasks) {
        return new Weight(2_409_000, 110_487).plus(new Weight(486_046, 0).times(tasks))
                .plus(DbWeight.ROCKS_DB.readsWrites(1, 1));
    }

    /** A task without its call; {@code lookupLength} of the preimage that has to be read for it. */
    static Weight serviceTask(Optional<Long> lookupLength, boolean named, boolean periodic) {
        Weight total = lookupLength.map(SchedulerWeights::taskFetched).orElse(TASK_BASE);
        if (named) {
            total = total.plus(TASK_NAMED.minus(TASK_BASE));
        }
        if (periodic) {
            total = total.plus(TASK_PERIODIC.minus(TASK_BASE));
        }
        return total;
    }

    private static Weight taskFetched(long bytes) {
        return new Weight(16_792_000, 3_556).plus(new Weight(23_402, 1).times(bytes))
                .plus(DbWeight.ROCKS_DB.readsWrites(3, 2));
    }

    static Weight schedule(int tasks) {
        return new Weight(3_815_234, 110_487).plus(new Weight(538_417, 0).times(tasks))
                .plus(DbWeight.ROCKS_DB.readsWrites(1, 1));
    }

    static Weight cancel(int tasks) {
        return new Weight(2_524_382, 110_487).plus(new Weight(777_710, 0).times(tasks))
                .plus(DbWeight.ROCKS_DB.readsWrites(1, 3));
    }

    static Weight scheduleNamed(int tasks) {
        return new Weight(8_965_037, 110_487).plus(new Weight(559_963, 0).times(tasks))
                .plus(DbWeight.ROCKS_DB.readsWrites(2, 2));
    }

    static Weight cancelNamed(int tasks) {
        return new Weight(7_403_622, 110_487).plus(new Weight(778_228, 0).times(tasks))
                .plus(DbWeight.ROCKS_DB.readsWrites(2, 3));
    }

    static Weight scheduleRetry(int tasks) {
        return new Weight(10_762_174, 110_487).plus(new Weight(16_285, 0).times(tasks))
                .plus(DbWeight.ROCKS_DB.readsWrites(1, 2));
    }
}
