package io.vilokanam.pallets.referenda;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * How far the decision about a referendum is, in block numbers.
 *
 * @param confirming until when it must pass to be approved; empty while it does not pass
 */
public record Deciding(long since, Optional<Long> confirming) {

    static final Codec<Deciding> CODEC = struct(Deciding::new,
            field("since", "BlockNumber", Codecs.U32, Deciding::since),
            field("confirming", "Option<BlockNumber>", Codecs.option(Codecs.U32), Deciding::confirming))
            .named("pallet_referenda::types::DecidingStatus", TypeParameter.of("BlockNumber", Codecs.U32.type()));
}
