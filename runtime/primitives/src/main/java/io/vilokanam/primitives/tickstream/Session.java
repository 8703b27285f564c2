package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * One viewer's prepaid viewing of one stream.
 *
 * @param anchor the newest word known on chain, 32 bytes: word number {@code settledTicks}
 * @param charged plancks taken from the escrow so far, fee included
 * @param feeTaken the platform's part of {@code charged}
 * @param escrow plancks that are left
 */
public record Session(Terms terms, Bytes anchor, long settledTicks, U128 charged, U128 feeTaken, U128 escrow,
        SessionStatus status) {

    public static final Codec<Session> CODEC = struct(Session::new,
            field("terms", "Terms", Terms.CODEC, Session::terms),
            field("anchor", "[u8; 32]", Codecs.fixedBytes(32), Session::anchor),
            field("settled_ticks", "u32", Codecs.COMPACT_U32, Session::settledTicks),
            field("charged", "Balance", Codecs.COMPACT_U128, Session::charged),
            field("fee_taken", "Balance", Codecs.COMPACT_U128, Session::feeTaken),
            field("escrow", "Balance", Codecs.COMPACT_U128, Session::escrow),
            field("status", "SessionStatus", SessionStatus.CODEC, Session::status))
            .named("vilokanam_primitives::tickstream::Session");

    public boolean isOpen() {
        return status instanceof SessionStatus.Open;
    }

    public Session withStatus(SessionStatus other) {
        return new Session(terms, anchor, settledTicks, charged, feeTaken, escrow, other);
    }

    public Session withEscrow(U128 other) {
        return new Session(terms, anchor, settledTicks, charged, feeTaken, other, status);
    }
}
