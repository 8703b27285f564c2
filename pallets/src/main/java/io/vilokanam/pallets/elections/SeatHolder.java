package io.vilokanam.pallets.elections;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** A member or one who comes next, with the stake that backs it and its reserved bond. */
record SeatHolder(AccountId who, U128 stake, U128 deposit) {

    static final Codec<SeatHolder> CODEC = struct(SeatHolder::new,
            field("who", "AccountId", AccountId.CODEC, SeatHolder::who),
            field("stake", "Balance", Codecs.U128, SeatHolder::stake),
            field("deposit", "Balance", Codecs.U128, SeatHolder::deposit))
            .named("pallet_elections_phragmen::SeatHolder", TypeParameter.of("AccountId", AccountId.CODEC.type()),
                    TypeParameter.of("Balance", Codecs.U128.type()));
}
