package io.vilokanam.primitives.header;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** A proof of finality by one engine: its four-byte id and bytes that only it understands. */
public record Justification(Bytes engine, Bytes encoded) {

    public static final Codec<Justification> CODEC = struct(Justification::new,
            field(Codecs.fixedBytes(4), Justification::engine), field(Codecs.BYTES, Justification::encoded)).tuple();
}
