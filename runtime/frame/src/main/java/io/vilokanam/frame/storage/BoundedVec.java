package io.vilokanam.frame.storage;

import java.util.List;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** Vectors with a most length ({@code bounded_collections}); on the wire they are plain vectors. */
public final class BoundedVec {

    private BoundedVec() {}

    /** {@code BoundedVec}: one that is too long does not decode. */
    public static <T> Codec<List<T>> codec(Codec<T> element, int lengthMax) {
        Codec<List<T>> vec = Codecs.vec(element);
        TypeInfo type = type("bounded_collections::bounded_vec::BoundedVec", element, vec);
        // Metadata does not show the bound, and yet another bound makes another type.
        return Codecs.mapped(vec, type.withKey(type.key() + lengthMax), list -> {
            if (list.size() > lengthMax) {
                throw new ScaleException("a vector of at most " + lengthMax + " elements has " + list.size());
            }
            return list;
        }, list -> list);
    }

    /**
     * As {@link #codec(Codec, int)}, for a vector of which another of the same elements exists: {@code bound} names what bounds
     * it, for Rust another type, e.g. {@code MaxMembers}.
     */
    public static <T> Codec<List<T>> codec(Codec<T> element, int lengthMax, String bound) {
        Codec<List<T>> plain = codec(element, lengthMax);
        return Codecs.mapped(plain, plain.type().withKey(plain.type().key() + "/" + bound), list -> list, list -> list);
    }

    /** {@code BoundedVec<u8, _>}. */
    public static Codec<Bytes> bytes(int lengthMax) {
        return Codecs.mapped(Codecs.BYTES, codec(Codecs.U8, lengthMax).type(), bytes -> {
            if (bytes.size() > lengthMax) {
                throw new ScaleException("expected at most " + lengthMax + " bytes, got " + bytes.size());
            }
            return bytes;
        }, bytes -> bytes);
    }

    /** {@code WeakBoundedVec}: whoever writes keeps to the bound, one that is too long is read nevertheless. */
    public static <T> Codec<List<T>> weakCodec(Codec<T> element) {
        Codec<List<T>> vec = Codecs.vec(element);
        return Codecs.mapped(vec, type("bounded_collections::weak_bounded_vec::WeakBoundedVec", element, vec),
                list -> list,
                list -> list);
    }

    private static <T> TypeInfo type(String path, Codec<T> element, Codec<List<T>> vec) {
        return TypeInfo.named(path, List.of(TypeParameter.of("T", element.type()), TypeParameter.skipped("S")),
                () -> new TypeDefinition.Composite(List.of(new TypeDefinition.Field("", vec.type(), "Vec<T>", ""))));
    }
}
