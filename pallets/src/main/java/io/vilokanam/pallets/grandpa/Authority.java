package io.vilokanam.pallets.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** A voter of GRANDPA and its weight, an unsigned 64-bit number. */
public record Authority(PublicKey id, long weight) {

    public static final Codec<Authority> CODEC = struct(Authority::new, field(PublicKey.GRANDPA, Authority::id),
            field(Codecs.U64, Authority::weight)).tuple();

    /** {@code AuthorityList}. */
    public static final Codec<List<Authority>> LIST = Codecs.vec(CODEC);

    /** {@code BoundedAuthorityList}: the same bytes. */
    static final Codec<List<Authority>> BOUNDED_LIST = BoundedVec.weakCodec(CODEC);
}
