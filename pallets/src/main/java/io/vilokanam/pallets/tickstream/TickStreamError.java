package io.vilokanam.pallets.tickstream;

import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.PalletError;

/** The errors of {@link TickStream}; the first ten are those of {@link SkipReason}, in its order. */
public enum TickStreamError implements PalletError {
    UNKNOWN_SESSION, NOTHING_NEW, STEP_TOO_LARGE, CHAIN_EXHAUSTED, AHEAD_OF_TIME, WORD_MISMATCH, ESCROW_EXHAUSTED, SECRET_MISMATCH, OUT_OF_HASHES, OUT_OF_PAYMENTS, UNKNOWN_STREAM, STREAM_NOT_ACTIVE, NOT_THE_CREATOR, NOT_THE_VIEWER, NOT_A_PAYEE, RATE_IS_ZERO, RATE_TOO_HIGH, BAD_PAYEES, TITLE_TOO_LONG, DEPOSIT_TOO_LOW, BAD_CHAIN_LENGTH, SESSION_ALREADY_OPEN, SESSION_CLOSING, NOTHING_ACCRUED, CANNOT_BE_PAID, UNKNOWN_KEY, BAD_NONCE, BAD_FEE, TOO_LATE, BAD_BATCH, BAD_SIGNATURE, TIP_TOO_SMALL, BAD_TIERS, UNKNOWN_TIER, ALREADY_SUBSCRIBED, BAD_SPONSORSHIP, UNKNOWN_SPONSORSHIP, NOT_THE_SPONSOR, NOT_SPONSORED, ALREADY_SPONSORED, SPONSORSHIP_EXHAUSTED, BAD_CONSENT, SPENDING_LIMIT;

    static final Errors<TickStreamError> ERRORS = Errors.of(TickStreamError.class)
            .with(0, "UnknownSession", UNKNOWN_SESSION, "There is no such session: it is over, or never was.")
            .with(1, "NothingNew", NOTHING_NEW, "So many ticks are settled already.")
            .with(2, "StepTooLarge", STEP_TOO_LARGE, "More ticks at once than one entry may settle.")
            .with(3, "ChainExhausted", CHAIN_EXHAUSTED, "More ticks than the session's hash chain has.")
            .with(4, "AheadOfTime", AHEAD_OF_TIME, "More ticks than the time that has passed allows.")
            .with(5, "WordMismatch", WORD_MISMATCH, "The word does not hash back to the session's anchor.")
            .with(6, "EscrowExhausted", ESCROW_EXHAUSTED, "The price is more than what is left in escrow.")
            .with(7, "SecretMismatch", SECRET_MISMATCH, "The close secret is not that of the session.")
            .with(8, "OutOfHashes", OUT_OF_HASHES, "The batch has used up the hashes that it paid for.")
            .with(9, "OutOfPayments", OUT_OF_PAYMENTS, "The batch has used up the payments that it paid for.")
            .with(10, "UnknownStream", UNKNOWN_STREAM, "There is no such stream.")
            .with(11, "StreamNotActive", STREAM_NOT_ACTIVE, "The stream takes no new sessions.")
            .with(12, "NotTheCreator", NOT_THE_CREATOR, "Only the creator of the stream may do this.")
            .with(13, "NotTheViewer", NOT_THE_VIEWER, "Only the viewer of the session may do this.")
            .with(14, "NotAPayee", NOT_A_PAYEE, "Only a payee of the stream may do this.")
            .with(15, "RateIsZero", RATE_IS_ZERO, "A tick must cost at least one planck.")
            .with(16, "RateTooHigh", RATE_TOO_HIGH, "The stream costs more than the viewer agreed to.")
            .with(17, "BadPayees", BAD_PAYEES,
                    "There are more than 8 payees, one twice, one without a share, shares that do not sum to one, or the pot.")
            .with(18, "TitleTooLong", TITLE_TOO_LONG, "The title has more than 128 bytes.")
            .with(19, "DepositTooLow", DEPOSIT_TOO_LOW, "The deposit is below the minimum.")
            .with(20, "BadChainLength", BAD_CHAIN_LENGTH, "The hash chain has no word or more than the maximum.")
            .with(21, "SessionAlreadyOpen", SESSION_ALREADY_OPEN,
                    "The viewer has a session of this stream that is not over.")
            .with(22, "SessionClosing", SESSION_CLOSING, "The session is closing already.")
            .with(23, "NothingAccrued", NOTHING_ACCRUED, "Nothing waits for this account.")
            .with(24, "CannotBePaid", CANNOT_BE_PAID, "What waits is less than an account must hold.")
            .with(25, "UnknownKey", UNKNOWN_KEY, "The settlement key is not registered.")
            .with(26, "BadNonce", BAD_NONCE, "The batch does not carry the next nonce of its key.")
            .with(27, "BadFee", BAD_FEE, "A share is at most one million parts of a million.")
            .with(28, "TooLate", TOO_LATE, "The batch is not valid in this block.")
            .with(29, "BadBatch", BAD_BATCH,
                    "The batch is empty, or has more entries, hashes, payments or closes than the most.")
            .with(30, "BadSignature", BAD_SIGNATURE, "The batch is not signed by its settlement key.")
            .with(31, "TipTooSmall", TIP_TOO_SMALL, "The tip is below the minimum deposit.")
            .with(32, "BadTiers", BAD_TIERS,
                    "There are more than 8 tiers, one twice, or one without price, 1 to 366 days, or a discount below all.")
            .with(33, "UnknownTier", UNKNOWN_TIER, "The stream does not offer such a tier.")
            .with(34, "AlreadySubscribed", ALREADY_SUBSCRIBED,
                    "The viewer has a subscription of another tier with as much discount, or for two years ahead.")
            .with(35, "BadSponsorship", BAD_SPONSORSHIP,
                    "A sponsorship pays at least one tick of one viewer a day and has at least the minimum deposit.")
            .with(36, "UnknownSponsorship", UNKNOWN_SPONSORSHIP, "There is no such sponsorship of this stream.")
            .with(37, "NotTheSponsor", NOT_THE_SPONSOR, "Only the sponsor may do this.")
            .with(38, "NotSponsored", NOT_SPONSORED,
                    "The sponsor does not pay for those who earn, for this rate, or beside so small a deposit.")
            .with(39, "AlreadySponsored", ALREADY_SPONSORED, "The sponsor has paid for this viewer before.")
            .with(40, "SponsorshipExhausted", SPONSORSHIP_EXHAUSTED,
                    "The sponsor's pot does not reach for another viewer, or not on this day.")
            .with(41, "BadConsent", BAD_CONSENT, "The viewer has not signed for this gift.")
            .with(42, "SpendingLimit", SPENDING_LIMIT, "The signer would spend more than its own limit for the day.")
            .complete();

    /** The error that a call of its own gives where a batch would skip an entry. */
    static TickStreamError of(SkipReason reason) {
        return values()[reason.ordinal()];
    }
}
