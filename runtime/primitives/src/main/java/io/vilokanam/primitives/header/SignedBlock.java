package io.vilokanam.primitives.header;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** A block and what proves it final, as {@code export-blocks} writes it and {@code chain_getBlock} shows it. */
public record SignedBlock(Block block, Optional<List<Justification>> justifications) {

    public static final Codec<SignedBlock> CODEC = struct(SignedBlock::new,
            field("block", Block.CODEC, SignedBlock::block),
            field("justifications", Codecs.option(Codecs.vec(Justification.CODEC)), SignedBlock::justifications))
            .named("sp_runtime::generic::block::SignedBlock");
}
