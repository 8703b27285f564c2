package io.vilokanam.pallets.identity;

import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.PalletError;

/** The errors of {@link Identity}. */
public enum IdentityError implements PalletError {
    TOO_MANY_SUB_ACCOUNTS, NOT_FOUND, NOT_NAMED, EMPTY_INDEX, FEE_CHANGED, NO_IDENTITY, STICKY_JUDGEMENT, JUDGEMENT_GIVEN, INVALID_JUDGEMENT, INVALID_INDEX, INVALID_TARGET, TOO_MANY_REGISTRARS, ALREADY_CLAIMED, NOT_SUB, NOT_OWNED, JUDGEMENT_FOR_DIFFERENT_IDENTITY, JUDGEMENT_PAYMENT_FAILED, INVALID_SUFFIX, NOT_USERNAME_AUTHORITY, NO_ALLOCATION, INVALID_SIGNATURE, REQUIRES_SIGNATURE, INVALID_USERNAME, USERNAME_TAKEN, NO_USERNAME, NOT_EXPIRED, TOO_EARLY, NOT_UNBINDING, ALREADY_UNBINDING, INSUFFICIENT_PRIVILEGES;

    static final Errors<IdentityError> ERRORS = Errors.of(IdentityError.class)
            .with(0, "TooManySubAccounts", TOO_MANY_SUB_ACCOUNTS, "An account may not have so many sub-accounts.")
            .with(1, "NotFound", NOT_FOUND, "There is no such identity or request.")
            .with(2, "NotNamed", NOT_NAMED, "The account has no name.")
            .with(3, "EmptyIndex", EMPTY_INDEX, "There is no registrar of this index.")
            .with(4, "FeeChanged", FEE_CHANGED, "The registrar takes more than the signer offers.")
            .with(5, "NoIdentity", NO_IDENTITY, "The account has no identity.")
            .with(6, "StickyJudgement", STICKY_JUDGEMENT,
                    "The registrar was asked already, or found the identity erroneous.")
            .with(7, "JudgementGiven", JUDGEMENT_GIVEN, "The judgement is given already.")
            .with(8, "InvalidJudgement", INVALID_JUDGEMENT, "Nobody can judge that a fee is paid.")
            .with(9, "InvalidIndex", INVALID_INDEX, "The signer is not the registrar of this index.")
            .with(10, "InvalidTarget", INVALID_TARGET,
                    "The account has no identity to judge; or the username comes from the chain itself.")
            .with(11, "TooManyRegistrars", TOO_MANY_REGISTRARS, "There can be no further registrar, or judgement.")
            .with(12, "AlreadyClaimed", ALREADY_CLAIMED, "The account is the sub-account of another one.")
            .with(13, "NotSub", NOT_SUB, "The account is no sub-account.")
            .with(14, "NotOwned", NOT_OWNED, "The account is a sub-account of somebody else.")
            .with(15, "JudgementForDifferentIdentity", JUDGEMENT_FOR_DIFFERENT_IDENTITY,
                    "The identity has changed since it was looked at.")
            .with(16, "JudgementPaymentFailed", JUDGEMENT_PAYMENT_FAILED, "The fee could not be paid to the registrar.")
            .with(17, "InvalidSuffix", INVALID_SUFFIX,
                    "A suffix has 1 to 7 small letters or digits and belongs to the authority.")
            .with(18, "NotUsernameAuthority", NOT_USERNAME_AUTHORITY,
                    "The account does not give usernames of this suffix.")
            .with(19, "NoAllocation", NO_ALLOCATION, "The authority has no username left to give.")
            .with(20, "InvalidSignature", INVALID_SIGNATURE, "The owner did not sign for this username.")
            .with(21, "RequiresSignature", REQUIRES_SIGNATURE, "The owner must sign for this username.")
            .with(22, "InvalidUsername", INVALID_USERNAME,
                    "A username has small letters and digits, a dot and a suffix, and belongs to the signer.")
            .with(23, "UsernameTaken", USERNAME_TAKEN, "The username is somebody's already, or waits for somebody.")
            .with(24, "NoUsername", NO_USERNAME, "There is no such username.")
            .with(25, "NotExpired", NOT_EXPIRED, "The username can still be accepted.")
            .with(26, "TooEarly", TOO_EARLY, "The grace period of the username is not over.")
            .with(27, "NotUnbinding", NOT_UNBINDING, "The username is not being taken back.")
            .with(28, "AlreadyUnbinding", ALREADY_UNBINDING, "The username is being taken back already.")
            .with(29, "InsufficientPrivileges", INSUFFICIENT_PRIVILEGES, "The username comes from the chain itself.")
            .complete();
}
