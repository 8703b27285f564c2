package io.vilokanam.primitives.session;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** The public keys with which a validator takes part in a session: 64 bytes, Aura's first. */
public record SessionKeys(PublicKey aura, PublicKey grandpa) {

    /** What {@code SessionKeys_decode_session_keys} answers: raw public keys and their types, none for bytes that are no keys. */
    public static final Codec<Optional<List<Map.Entry<Bytes, KeyTypeId>>>> DECODED = Codecs
            .option(Codecs.vec(Codecs.tuple(Codecs.BYTES, KeyTypeId.CODEC)));

    /** The codec under the path of the runtime that declares the keys: {@code impl_opaque_keys!} makes a type of its own. */
    public static Codec<SessionKeys> codec(String path) {
        return struct(SessionKeys::new,
                field("aura", "<Aura as $crate::BoundToRuntimeAppPublic>::Public", PublicKey.AURA, SessionKeys::aura),
                field("grandpa", "<Grandpa as $crate::BoundToRuntimeAppPublic>::Public", PublicKey.GRANDPA,
                        SessionKeys::grandpa))
                .named(path);
    }

    /** The raw public keys and their types, in order. */
    public List<Map.Entry<Bytes, KeyTypeId>> raw() {
        return List.of(Map.entry(aura.bytes(), KeyTypeId.AURA), Map.entry(grandpa.bytes(), KeyTypeId.GRANDPA));
    }
}
