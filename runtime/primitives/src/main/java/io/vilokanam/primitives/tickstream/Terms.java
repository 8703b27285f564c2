package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * What a session was opened with and never changes.
 *
 * @param rate plancks a tick, locked
 * @param fee the platform's share, locked
 * @param freeTicks ticks of this session that cost nothing
 * @param maxTicks the length of the hash chain
 * @param salt 16 bytes, hashed in front of each word
 * @param closeHash sha2_256 of the viewer's close secret
 * @param sessionKey the key with which the player proves to media servers that the session is its own
 * @param openedAt milliseconds since 1970, by the chain's clock
 */
public record Terms(long stream, AccountId viewer, U128 rate, Permill fee, long freeTicks, long maxTicks, Bytes salt,
        Bytes closeHash, PublicKey sessionKey, long openedAt) {

    public static final Codec<Terms> CODEC = struct(Terms::new, field("stream", "StreamId", Codecs.U64, Terms::stream),
            field("viewer", "AccountId", AccountId.CODEC, Terms::viewer),
            field("rate", "Balance", Codecs.COMPACT_U128, Terms::rate),
            field("fee", "Permill", Permill.CODEC, Terms::fee),
            field("free_ticks", "u32", Codecs.COMPACT_U32, Terms::freeTicks),
            field("max_ticks", "u32", Codecs.COMPACT_U32, Terms::maxTicks),
            field("salt", "[u8; 16]", Codecs.fixedBytes(16), Terms::salt),
            field("close_hash", "[u8; 32]", Codecs.fixedBytes(32), Terms::closeHash),
            field("session_key", "[u8; 32]", PublicKey.PLAIN, Terms::sessionKey),
            field("opened_at", "Moment", Codecs.U64, Terms::openedAt))
            .named("vilokanam_primitives::tickstream::Terms");

    /**
     * How many ticks a viewer gets for a deposit, with those that do not cost it anything; no more than the chain has words.
     *
     * @param sponsored ticks that a sponsor pays
     */
    public U128 ticksFor(U128 deposit, long sponsored) {
        U128 most = U128.of(maxTicks);
        return rate.isZero() ? most
                : deposit.dividedBy(rate).saturatingPlus(U128.of(freeTicks + sponsored)).min(most);
    }

    /** What {@code ticks} of viewing cost in all. */
    public U128 grossOf(long ticks) {
        return ticks <= freeTicks ? U128.ZERO : rate.saturatingTimes(U128.of(ticks - freeTicks));
    }
}
