package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;

/** Who gets which share of what a stream earns. */
public record Payee(AccountId account, Permill share) {

    public static final Codec<Payee> CODEC = struct(Payee::new,
            field("account", "AccountId", AccountId.CODEC, Payee::account),
            field("share", "Permill", Permill.CODEC, Payee::share)).named("vilokanam_primitives::tickstream::Payee");
}
