package io.vilokanam.frame.fungible;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * What was put on hold for something that takes room on the chain ({@code fungible::HoldConsideration}): given back when
 * that goes. Amounts are in plancks.
 */
public record HoldConsideration(U128 amount) {

    /** @param purpose what tells the type from those of other pallets, e.g. {@code Preimage}; metadata does not show it */
    public static Codec<HoldConsideration> codec(String purpose) {
        Codec<HoldConsideration> codec = struct(HoldConsideration::new,
                field("", "F::Balance", Codecs.U128, HoldConsideration::amount))
                .named("frame_support::traits::tokens::fungible::HoldConsideration", TypeParameter.skipped("A"),
                        TypeParameter.skipped("F"), TypeParameter.skipped("R"), TypeParameter.skipped("D"),
                        TypeParameter.skipped("Fp"));
        TypeInfo type = codec.type();
        return Codecs.mapped(codec, type.withKey(type.key() + purpose), ticket -> ticket, ticket -> ticket);
    }
}
