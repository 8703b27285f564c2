package io.vilokanam.pallets.identity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** What stands behind a username ({@code pallet_identity::Provider}). */
public sealed interface Provider {

    /** One of those that the authority may give for nothing. */
    record Allocation() implements Provider {}

    /** Plancks of the authority. */
    record AuthorityDeposit(U128 deposit) implements Provider {}

    /** The chain itself: stays for good. */
    record System() implements Provider {}

    Codec<Provider> CODEC = Variants.of(Provider.class)
            .with(0, "Allocation", Allocation.class, struct(Allocation::new))
            .with(1, "AuthorityDeposit", AuthorityDeposit.class,
                    struct(AuthorityDeposit::new, field("", "Balance", Codecs.U128, AuthorityDeposit::deposit)))
            .with(2, "System", System.class, struct(System::new)).complete()
            .named("pallet_identity::types::Provider", TypeParameter.of("Balance", Codecs.U128.type()));
}
