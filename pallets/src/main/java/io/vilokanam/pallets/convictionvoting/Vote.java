package io.vilokanam.pallets.convictionvoting;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** In favour or against, and how sure of it. */
public record Vote(boolean isAye, Conviction conviction) {

    private static final int AYE = 0x80;

    /** One byte: the top bit set in favour, the conviction in the others. */
    public static final Codec<Vote> CODEC = Codecs.mapped(Codecs.U8,
            struct((Integer raw) -> raw, field("", Codecs.U8, (Integer raw) -> raw).docs("The byte of a vote."))
                    .named("pallet_conviction_voting::vote::Vote").type(),
            raw -> new Vote((raw & AYE) != 0, Conviction.of(raw & ~AYE)),
            vote -> vote.conviction.ordinal() | (vote.isAye ? AYE : 0));
}
