package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * What holds for all streams at a block.
 *
 * @param fee the platform's share of what new sessions pay
 * @param minimumDeposit the least escrow of a session, plancks
 * @param maxTicks the longest hash chain
 * @param entriesMax the most entries of a batch
 * @param hashesMax the most words that a batch may hash
 * @param paymentsMax the most payees that a batch may pay
 * @param validityMax for how many blocks a batch may be valid
 */
public record Settings(AccountId platform, Permill fee, U128 minimumDeposit, long maxTicks, long entriesMax,
        long hashesMax,
        long paymentsMax, long validityMax, Limits limits) {

    /**
     * The rules by which entries settle and sessions end.
     *
     * @param tickMillis the length of a tick
     * @param stepMax the most ticks that one entry may settle
     * @param leadMax how many ticks an entry may be ahead of the time that has passed
     * @param challengeBlocks how long newer words still settle once a session is closing
     * @param expiryBlocks after how many blocks without top-up a session begins to close
     */
    public record Limits(long tickMillis, long stepMax, long leadMax, long challengeBlocks, long expiryBlocks) {
        public static final Codec<Limits> CODEC = struct(Limits::new,
                field("tick_millis", "u64", Codecs.U64, Limits::tickMillis),
                field("step_max", "u32", Codecs.U32, Limits::stepMax),
                field("lead_max", "u32", Codecs.U32, Limits::leadMax),
                field("challenge_blocks", "BlockNumber", Codecs.U32, Limits::challengeBlocks),
                field("expiry_blocks", "BlockNumber", Codecs.U32, Limits::expiryBlocks))
                .named("vilokanam_primitives::tickstream::Limits");
    }

    public static final Codec<Settings> CODEC = struct(Settings::new,
            field("platform", "AccountId", AccountId.CODEC, Settings::platform),
            field("fee", "Permill", Permill.CODEC, Settings::fee),
            field("minimum_deposit", "Balance", Codecs.U128, Settings::minimumDeposit),
            field("max_ticks", "u32", Codecs.U32, Settings::maxTicks),
            field("entries_max", "u32", Codecs.U32, Settings::entriesMax),
            field("hashes_max", "u32", Codecs.U32, Settings::hashesMax),
            field("payments_max", "u32", Codecs.U32, Settings::paymentsMax),
            field("validity_max", "BlockNumber", Codecs.U32, Settings::validityMax),
            field("limits", "Limits", Limits.CODEC, Settings::limits))
            .named("vilokanam_primitives::tickstream::Settings");
}
