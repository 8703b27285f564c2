package io.vilokanam.pallets.scheduler;

import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.PalletError;

/** The errors of {@link Scheduler}. */
public enum SchedulerError implements PalletError {
    FAILED_TO_SCHEDULE, NOT_FOUND, TARGET_BLOCK_NUMBER_IN_PAST, RESCHEDULE_NO_CHANGE, NAMED;

    static final Errors<SchedulerError> ERRORS = Errors.of(SchedulerError.class)
            .with(0, "FailedToSchedule", FAILED_TO_SCHEDULE, "The name is in use.")
            .with(1, "NotFound", NOT_FOUND, "There is no such task.")
            .with(2, "TargetBlockNumberInPast", TARGET_BLOCK_NUMBER_IN_PAST, "That block is over.")
            .with(3, "RescheduleNoChange", RESCHEDULE_NO_CHANGE, "The task is due at that block already.")
            .with(4, "Named", NAMED, "The task has a name, by which it must be called.").complete();
}
