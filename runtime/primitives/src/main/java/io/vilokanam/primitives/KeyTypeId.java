package io.vilokanam.primitives;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.nio.charset.StandardCharsets;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** Four ASCII characters that say what a key is for. */
public record KeyTypeId(String name) {

    public static final KeyTypeId AURA = new KeyTypeId("aura");
    public static final KeyTypeId GRANDPA = new KeyTypeId("gran");
    /** Settlement keys of tick-stream. */
    public static final KeyTypeId TICK = new KeyTypeId("tick");

    /** {@code sp_core::crypto::KeyTypeId}; each byte is a character of Latin 1, so that every value reads back. */
    public static final Codec<KeyTypeId> CODEC = struct(
            (Bytes bytes) -> new KeyTypeId(new String(bytes.view(), StandardCharsets.ISO_8859_1)),
            field("", "[u8; 4]", Codecs.fixedBytes(4), (KeyTypeId id) -> Bytes.wrap(id.bytes())))
            .named("sp_core::crypto::KeyTypeId");

    public KeyTypeId {
        if (name.length() != 4) {
            throw new IllegalArgumentException("a key type has 4 characters, got \"" + name + "\"");
        }
    }

    public byte[] bytes() {
        return Bytes.ascii(name).toArray();
    }
}
