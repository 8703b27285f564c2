package io.vilokanam.pallets.system;

import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.PalletError;

/** Why calls of System fail. */
public enum SystemError implements PalletError {
    INVALID_SPEC_NAME, SPEC_VERSION_NEEDS_TO_INCREASE, FAILED_TO_EXTRACT_RUNTIME_VERSION, NON_DEFAULT_COMPOSITE, NON_ZERO_REF_COUNT, CALL_FILTERED, MULTI_BLOCK_MIGRATIONS_ONGOING, NOTHING_AUTHORIZED, UNAUTHORIZED;

    static final Errors<SystemError> TABLE = Errors.of(SystemError.class)
            .with(0, "InvalidSpecName", INVALID_SPEC_NAME, "The new code is of another chain.")
            .with(1, "SpecVersionNeedsToIncrease", SPEC_VERSION_NEEDS_TO_INCREASE,
                    "The new code's specification version is not above the present one.")
            .with(2, "FailedToExtractRuntimeVersion", FAILED_TO_EXTRACT_RUNTIME_VERSION,
                    "The new code does not tell its version.")
            .with(3, "NonDefaultComposite", NON_DEFAULT_COMPOSITE, "The account still holds something.")
            .with(4, "NonZeroRefCount", NON_ZERO_REF_COUNT, "The account is still referred to.")
            .with(5, "CallFiltered", CALL_FILTERED, "The call may not be dispatched.")
            .with(6, "MultiBlockMigrationsOngoing", MULTI_BLOCK_MIGRATIONS_ONGOING,
                    "The last upgrade's migrations are not over yet.")
            .with(7, "NothingAuthorized", NOTHING_AUTHORIZED, "No upgrade is authorised.")
            .with(8, "Unauthorized", UNAUTHORIZED, "Another code is authorised.").complete();
}
