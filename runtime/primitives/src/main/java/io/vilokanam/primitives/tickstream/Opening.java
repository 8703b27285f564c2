package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * What a session is opened with.
 *
 * @param deposit plancks for the escrow
 * @param maxRate the most plancks that a tick may cost
 * @param maxTicks the length of the hash chain
 * @param anchor word 0, 32 bytes
 * @param salt 16 bytes
 * @param closeHash sha2_256 of the viewer's close secret
 */
public record Opening(long stream, U128 deposit, U128 maxRate, long maxTicks, Bytes anchor, Bytes salt,
        PublicKey sessionKey, Bytes closeHash) {

    public static final Codec<Opening> CODEC = struct(Opening::new,
            field("stream", "StreamId", Codecs.COMPACT_U64, Opening::stream),
            field("deposit", "Balance", Codecs.COMPACT_U128, Opening::deposit),
            field("max_rate", "Balance", Codecs.COMPACT_U128, Opening::maxRate),
            field("max_ticks", "u32", Codecs.COMPACT_U32, Opening::maxTicks),
            field("anchor", "[u8; 32]", Codecs.fixedBytes(32), Opening::anchor),
            field("salt", "[u8; 16]", Codecs.fixedBytes(16), Opening::salt),
            field("session_key", "[u8; 32]", PublicKey.PLAIN, Opening::sessionKey),
            field("close_hash", "[u8; 32]", Codecs.fixedBytes(32), Opening::closeHash))
            .named("vilokanam_primitives::tickstream::Opening");
}
