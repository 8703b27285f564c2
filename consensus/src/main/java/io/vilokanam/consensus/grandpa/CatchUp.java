package io.vilokanam.consensus.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** All votes that complete a round, for a voter that fell behind; every vote targets {@code base} or a descendant. */
public record CatchUp(long round, List<SignedTarget> prevotes, List<SignedTarget> precommits, BlockRef base) {

    public static final Codec<CatchUp> CODEC = struct(CatchUp::new, field(Codecs.U64, CatchUp::round),
            field(Codecs.vec(SignedTarget.CODEC), CatchUp::prevotes),
            field(Codecs.vec(SignedTarget.CODEC), CatchUp::precommits), field(BlockRef.CODEC, CatchUp::base)).tuple();

    public CatchUp {
        prevotes = List.copyOf(prevotes);
        precommits = List.copyOf(precommits);
    }
}
