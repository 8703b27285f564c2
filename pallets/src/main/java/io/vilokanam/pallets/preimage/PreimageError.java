package io.vilokanam.pallets.preimage;

import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.PalletError;

/** The errors of {@link Preimage}. */
public enum PreimageError implements PalletError {
    TOO_BIG, ALREADY_NOTED, NOT_AUTHORIZED, NOT_NOTED, REQUESTED, NOT_REQUESTED, TOO_MANY, TOO_FEW;

    static final Errors<PreimageError> ERRORS = Errors.of(PreimageError.class)
            .with(0, "TooBig", TOO_BIG, "So many bytes cannot be stored.")
            .with(1, "AlreadyNoted", ALREADY_NOTED, "The bytes are on the chain already.")
            .with(2, "NotAuthorized", NOT_AUTHORIZED, "Somebody else put the bytes on the chain.")
            .with(3, "NotNoted", NOT_NOTED, "The bytes are not on the chain.")
            .with(4, "Requested", REQUESTED, "The bytes are requested and must stay.")
            .with(5, "NotRequested", NOT_REQUESTED, "Nobody requests the bytes.")
            .with(6, "TooMany", TOO_MANY, "More hashes than can be updated at once.")
            .with(7, "TooFew", TOO_FEW, "No hash was given.").complete();
}
