package io.vilokanam.pallets.treasury;

import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.PalletError;

/** The errors of Treasury. */
public enum TreasuryError implements PalletError {
    INVALID_INDEX, TOO_MANY_APPROVALS, INSUFFICIENT_PERMISSION, PROPOSAL_NOT_APPROVED, FAILED_TO_CONVERT_BALANCE, SPEND_EXPIRED, EARLY_PAYOUT, ALREADY_ATTEMPTED, PAYOUT_ERROR, NOT_ATTEMPTED, INCONCLUSIVE;

    static final Errors<TreasuryError> ERRORS = Errors.of(TreasuryError.class)
            .with(0, "InvalidIndex", INVALID_INDEX, "There is no such proposal or payment.")
            .with(1, "TooManyApprovals", TOO_MANY_APPROVALS, "Too many approved payments wait.")
            .with(2, "InsufficientPermission", INSUFFICIENT_PERMISSION, "The origin may not spend so much at once.")
            .with(3, "ProposalNotApproved", PROPOSAL_NOT_APPROVED, "No such approval waits.")
            .with(4, "FailedToConvertBalance", FAILED_TO_CONVERT_BALANCE,
                    "What the asset is worth in the chain's currency is not known.")
            .with(5, "SpendExpired", SPEND_EXPIRED, "The time to claim the payment is over.")
            .with(6, "EarlyPayout", EARLY_PAYOUT, "The payment cannot be claimed yet.")
            .with(7, "AlreadyAttempted", ALREADY_ATTEMPTED, "The payment was claimed already.")
            .with(8, "PayoutError", PAYOUT_ERROR, "The payment could not be made.")
            .with(9, "NotAttempted", NOT_ATTEMPTED, "The payment was not claimed yet.")
            .with(10, "Inconclusive", INCONCLUSIVE, "Whether the payment succeeded is not known yet.").complete();
}
