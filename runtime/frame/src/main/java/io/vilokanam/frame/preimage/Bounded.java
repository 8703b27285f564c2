package io.vilokanam.frame.preimage;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Hashing;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * A value that takes little room in storage ({@code frame_support::traits::Bounded}): its own encoding where that is short,
 * else the blake2_256 of the encoding, which {@link QueryPreimage} finds.
 */
public sealed interface Bounded {

    /** A hash of an encoding of unknown length: only older states hold such. */
    record Legacy(Hash hash) implements Bounded {}

    /** The encoding itself. */
    record Inline(Bytes encoded) implements Bounded {
        public Inline {
            if (encoded.size() > INLINE_MAX) {
                throw new IllegalArgumentException(
                        "at most " + INLINE_MAX + " bytes stand inline, got " + encoded.size());
            }
        }
    }

    /** A hash of an encoding, and how many bytes that has. */
    record Lookup(Hash hash, long length) implements Bounded {}

    /** The longest encoding that stands inline, in bytes. */
    int INLINE_MAX = 128;

    /** How long an encoding behind a legacy hash is taken to be, in bytes. */
    long LEGACY_LENGTH = 1_000_000;

    /** {@code sp_runtime::traits::BlakeTwo256}, as a type parameter. */
    TypeInfo HASHER = TypeInfo.named("sp_runtime::traits::BlakeTwo256", () -> new TypeDefinition.Composite(List.of()));

    /** The codec of a bounded value of the type {@code of}, for instance the runtime's call. */
    static Codec<Bounded> codec(TypeInfo of) {
        return Variants.of(Bounded.class)
                .with(0, "Legacy", Legacy.class,
                        struct(Legacy::new, field("hash", "H::Output", Hash.CODEC, Legacy::hash)))
                .with(1, "Inline", Inline.class,
                        struct(Inline::new, field("", "BoundedInline", InlineBytes.CODEC, Inline::encoded)))
                .with(2, "Lookup", Lookup.class,
                        struct(Lookup::new, field("hash", "H::Output", Hash.CODEC, Lookup::hash),
                                field("len", "u32", Codecs.U32, Lookup::length)))
                .complete()
                .named("frame_support::traits::preimages::Bounded", TypeParameter.of("T", of),
                        TypeParameter.of("H", HASHER));
    }

    /** The hash of the encoding. */
    default Hash hash(Hashing hashing) {
        return switch (this) {
            case Legacy(Hash hash) -> hash;
            case Inline(Bytes encoded) -> Hash.wrap(hashing.blake2b256(encoded.view()));
            case Lookup(Hash hash, long _) -> hash;
        };
    }

    /** The hash that the encoding has to be looked up by, where it has to. */
    default Optional<Hash> lookupHash() {
        return switch (this) {
            case Legacy(Hash hash) -> Optional.of(hash);
            case Inline _ -> Optional.empty();
            case Lookup(Hash hash, long _) -> Optional.of(hash);
        };
    }

    default boolean isLookupNeeded() {
        return !(this instanceof Inline);
    }

    /** The length of the encoding in bytes, where it is known. */
    default Optional<Long> knownLength() {
        return switch (this) {
            case Legacy _ -> Optional.empty();
            case Inline(Bytes encoded) -> Optional.of((long) encoded.size());
            case Lookup(Hash _, long length) -> Optional.of(length);
        };
    }

    /** How many bytes a lookup may have to read; empty where none is needed. */
    default Optional<Long> lookupLength() {
        return switch (this) {
            case Legacy _ -> Optional.of(LEGACY_LENGTH);
            case Inline _ -> Optional.empty();
            case Lookup(Hash _, long length) -> Optional.of(length);
        };
    }

    /** The bytes of an inline value: {@code BoundedVec<u8, 128>}. */
    final class InlineBytes {

        private static final Codec<Bytes> CODEC = Codecs.mapped(Codecs.BYTES,
                BoundedVec.codec(Codecs.U8, INLINE_MAX).type(), bytes -> {
                    if (bytes.size() > INLINE_MAX) {
                        throw new ScaleException("a bounded value of " + bytes.size() + " bytes cannot stand inline");
                    }
                    return bytes;
                }, bytes -> bytes);

        private InlineBytes() {}
    }
}
