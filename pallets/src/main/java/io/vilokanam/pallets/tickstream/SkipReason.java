package io.vilokanam.pallets.tickstream;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/** Why an entry of a batch did not settle. */
public enum SkipReason {
    /** There is no such session: it is over, or never was. */
    UNKNOWN_SESSION,
    /** So many ticks are settled already. */
    NOTHING_NEW,
    /** More ticks at once than one entry may settle. */
    STEP_TOO_LARGE,
    /** More ticks than the hash chain has. */
    CHAIN_EXHAUSTED,
    /** More ticks than the time that has passed allows. */
    AHEAD_OF_TIME,
    /** The word does not hash back to the anchor. */
    WORD_MISMATCH,
    /** The price is more than what is left in escrow. */
    ESCROW_EXHAUSTED,
    /** The close secret is not that of the session. */
    SECRET_MISMATCH,
    /** The batch has used up the hashes that it paid for. */
    OUT_OF_HASHES,
    /** The batch has used up the payments that it paid for. */
    OUT_OF_PAYMENTS;

    public static final Codec<SkipReason> CODEC = Variants.ofEnum("pallet_tick_stream::SkipReason", values(),
            "UnknownSession",
            "NothingNew", "StepTooLarge", "ChainExhausted", "AheadOfTime", "WordMismatch", "EscrowExhausted",
            "SecretMismatch", "OutOfHashes", "OutOfPayments");
}
