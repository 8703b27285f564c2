package io.vilokanam.pallets.referenda;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** What somebody has reserved for a referendum, in plancks. */
public record Deposit(AccountId who, U128 amount) {

    public static final Codec<Deposit> CODEC = struct(Deposit::new,
            field("who", "AccountId", AccountId.CODEC, Deposit::who),
            field("amount", "Balance", Codecs.U128, Deposit::amount))
            .named("pallet_referenda::types::Deposit", TypeParameter.of("AccountId", AccountId.CODEC.type()),
                    TypeParameter.of("Balance", Codecs.U128.type()));
}
