package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * A claim that {@code ticks} ticks of a session were watched.
 *
 * @param word word number {@code ticks} of the session's chain, 32 bytes
 * @param closeSecret the viewer's secret that closes the session, 32 bytes, where it was released; it does so even where the
 *     word does not settle
 */
public record Entry(long session, long ticks, Bytes word, Optional<Bytes> closeSecret) {

    public static final Codec<Entry> CODEC = struct(Entry::new,
            field("session", "SessionId", Codecs.COMPACT_U64, Entry::session),
            field("ticks", "u32", Codecs.COMPACT_U32, Entry::ticks),
            field("word", "[u8; 32]", Codecs.fixedBytes(32), Entry::word),
            field("close_secret", "Option<[u8; 32]>", Codecs.option(Codecs.fixedBytes(32)), Entry::closeSecret))
            .named("vilokanam_primitives::tickstream::Entry");
}
