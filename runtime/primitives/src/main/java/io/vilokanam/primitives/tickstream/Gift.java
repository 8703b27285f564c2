package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * What a viewer agrees to who lets somebody else open and pay a session.
 *
 * @param payer who may open it
 * @param validUntil the last block in which it may be opened
 * @param opening of the viewer's own making: only the viewer knows the words
 */
public record Gift(AccountId payer, AccountId viewer, long validUntil, Opening opening) {

    public static final Codec<Gift> CODEC = struct(Gift::new,
            field("payer", "AccountId", AccountId.CODEC, Gift::payer),
            field("viewer", "AccountId", AccountId.CODEC, Gift::viewer),
            field("valid_until", "BlockNumber", Codecs.COMPACT_U32, Gift::validUntil),
            field("opening", "Opening", Opening.CODEC, Gift::opening))
            .named("vilokanam_primitives::tickstream::Gift");
}
