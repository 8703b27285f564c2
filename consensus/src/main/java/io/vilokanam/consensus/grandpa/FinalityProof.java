package io.vilokanam.consensus.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * The answer of {@code grandpa_proveFinality}.
 *
 * @param block the justified block: the last one of the set that the asked block belongs to, or a later block of the
 *     latest set
 * @param justification a {@link GrandpaJustification} for {@code block}, encoded
 * @param unknownHeaders the headers behind the asked block up to {@code block}, in ascending order
 */
public record FinalityProof(Hash block, Bytes justification, List<Header> unknownHeaders) {

    public static final Codec<FinalityProof> CODEC = struct(FinalityProof::new, field(Hash.CODEC, FinalityProof::block),
            field(Codecs.BYTES, FinalityProof::justification),
            field(Codecs.vec(Header.CODEC), FinalityProof::unknownHeaders)).tuple();

    /** {@code MAX_UNKNOWN_HEADERS}: more are left out, the caller has to ask again. */
    public static final int UNKNOWN_HEADERS_MAX = 100_000;

    public FinalityProof {
        unknownHeaders = List.copyOf(unknownHeaders);
    }
}
