package io.vilokanam.pallets.referenda;

import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.PalletError;

/** The errors of Referenda. */
public enum ReferendaError implements PalletError {
    NOT_ONGOING, HAS_DEPOSIT, BAD_TRACK, FULL, QUEUE_EMPTY, BAD_REFERENDUM, NOTHING_TO_DO, NO_TRACK, UNFINISHED, NO_PERMISSION, NO_DEPOSIT, BAD_STATUS, PREIMAGE_NOT_EXIST, PREIMAGE_STORED_WITH_DIFFERENT_LENGTH;

    static final Errors<ReferendaError> ERRORS = Errors.of(ReferendaError.class)
            .with(0, "NotOngoing", NOT_ONGOING, "The referendum is over, or never was.")
            .with(1, "HasDeposit", HAS_DEPOSIT, "The decision deposit is there already.")
            .with(2, "BadTrack", BAD_TRACK, "There is no such track.")
            .with(3, "Full", FULL, "The track decides as many referenda as it may.")
            .with(4, "QueueEmpty", QUEUE_EMPTY, "No referendum of the track waits.")
            .with(5, "BadReferendum", BAD_REFERENDUM, "There is no such referendum.")
            .with(6, "NothingToDo", NOTHING_TO_DO, "There was nothing to do.")
            .with(7, "NoTrack", NO_TRACK, "No track is for calls of this origin.")
            .with(8, "Unfinished", UNFINISHED, "The deposit stays until the decision is over.")
            .with(9, "NoPermission", NO_PERMISSION, "Only who made the deposit may do this.")
            .with(10, "NoDeposit", NO_DEPOSIT, "There is no deposit to give back.")
            .with(11, "BadStatus", BAD_STATUS, "This cannot be done with a referendum that ended so.")
            .with(12, "PreimageNotExist", PREIMAGE_NOT_EXIST, "Nobody has put this preimage on the chain.")
            .with(13, "PreimageStoredWithDifferentLength", PREIMAGE_STORED_WITH_DIFFERENT_LENGTH,
                    "The preimage is there, with another length than was said.")
            .complete();
}
