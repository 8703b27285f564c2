package io.vilokanam.pallets.multisig;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** When an operation began: the block and the extrinsic in it. */
public record Timepoint(long height, long index) {

    static final Codec<Timepoint> CODEC = struct(Timepoint::new,
            field("height", "BlockNumber", Codecs.U32, Timepoint::height),
            field("index", "u32", Codecs.U32, Timepoint::index))
            .named("pallet_multisig::Timepoint", TypeParameter.of("BlockNumber", Codecs.U32.type()));
}
