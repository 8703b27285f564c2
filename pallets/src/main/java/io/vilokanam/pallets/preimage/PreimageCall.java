package io.vilokanam.pallets.preimage;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** The calls of {@link Preimage}. */
public sealed interface PreimageCall {

    record NotePreimage(Bytes bytes) implements PreimageCall {}

    record UnnotePreimage(Hash hash) implements PreimageCall {}

    record RequestPreimage(Hash hash) implements PreimageCall {}

    record UnrequestPreimage(Hash hash) implements PreimageCall {}

    record EnsureUpdated(List<Hash> hashes) implements PreimageCall {}

    Variants<PreimageCall> CALLS = Variants.of(PreimageCall.class)
            .with(0, "note_preimage", NotePreimage.class,
                    struct(NotePreimage::new, field("bytes", "Vec<u8>", Codecs.BYTES, NotePreimage::bytes)),
                    "Put bytes on the chain; free where they are requested, else for a deposit.")
            .with(1, "unnote_preimage", UnnotePreimage.class,
                    struct(UnnotePreimage::new, field("hash", "T::Hash", Hash.CODEC, UnnotePreimage::hash)),
                    "Take bytes off the chain that nobody requests, and get the deposit back.")
            .with(2, "request_preimage", RequestPreimage.class,
                    struct(RequestPreimage::new, field("hash", "T::Hash", Hash.CODEC, RequestPreimage::hash)),
                    "Ask for bytes: whoever puts them on the chain does it for free, and they stay.")
            .with(3, "unrequest_preimage", UnrequestPreimage.class,
                    struct(UnrequestPreimage::new, field("hash", "T::Hash", Hash.CODEC, UnrequestPreimage::hash)),
                    "Take a request back.")
            .with(4, "ensure_updated", EnsureUpdated.class,
                    struct(EnsureUpdated::new,
                            field("hashes", "Vec<T::Hash>", Codecs.vec(Hash.CODEC), EnsureUpdated::hashes)),
                    "Bring entries to the present layout; free where nine of ten needed it.")
            .complete();
}
