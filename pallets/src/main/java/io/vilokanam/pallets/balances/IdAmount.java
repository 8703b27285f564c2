package io.vilokanam.pallets.balances;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.frame.fungible.HoldReason;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** What is held or frozen for one reason ({@code frame_support::traits::tokens::IdAmount}). */
record IdAmount(HoldReason id, U128 amount) {

    static Codec<IdAmount> codec(Codec<HoldReason> reasons) {
        return struct(IdAmount::new, field("id", "Id", reasons, IdAmount::id),
                field("amount", "Balance", Codecs.U128, IdAmount::amount)).named(
                        "frame_support::traits::tokens::misc::IdAmount", TypeParameter.of("Id", reasons.type()),
                        TypeParameter.of("Balance", Codecs.U128.type()));
    }
}
