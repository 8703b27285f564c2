package io.vilokanam.pallets.convictionvoting;

import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.PalletError;

/** The errors of ConvictionVoting. */
public enum ConvictionVotingError implements PalletError {
    NOT_ONGOING, NOT_VOTER, NO_PERMISSION, NO_PERMISSION_YET, ALREADY_DELEGATING, ALREADY_VOTING, INSUFFICIENT_FUNDS, NOT_DELEGATING, NONSENSE, MAX_VOTES_REACHED, CLASS_NEEDED, BAD_CLASS;

    static final Errors<ConvictionVotingError> ERRORS = Errors.of(ConvictionVotingError.class)
            .with(0, "NotOngoing", NOT_ONGOING, "No votes are taken in this poll.")
            .with(1, "NotVoter", NOT_VOTER, "The account has not voted in this poll.")
            .with(2, "NoPermission", NO_PERMISSION, "Only the voter may take this vote away.")
            .with(3, "NoPermissionYet", NO_PERMISSION_YET,
                    "Only the voter may take this vote away now; later others too.")
            .with(4, "AlreadyDelegating", ALREADY_DELEGATING, "The account leaves its votes to another.")
            .with(5, "AlreadyVoting", ALREADY_VOTING, "The account has votes, which must be taken away first.")
            .with(6, "InsufficientFunds", INSUFFICIENT_FUNDS, "The account has less than that.")
            .with(7, "NotDelegating", NOT_DELEGATING, "The account leaves its votes to nobody.")
            .with(8, "Nonsense", NONSENSE, "Nobody can leave votes to themselves.")
            .with(9, "MaxVotesReached", MAX_VOTES_REACHED, "The account votes in too many polls.")
            .with(10, "ClassNeeded", CLASS_NEEDED, "The class must be said: the state does not tell it.")
            .with(11, "BadClass", BAD_CLASS, "There is no such class of polls.").complete();
}
