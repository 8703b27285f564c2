package io.vilokanam.pallets.identity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** Whose a username is, and what stands behind it ({@code pallet_identity::UsernameInformation}). */
public record UsernameInformation(AccountId owner, Provider provider) {

    static final Codec<UsernameInformation> CODEC = struct(UsernameInformation::new,
            field("owner", "Account", AccountId.CODEC, UsernameInformation::owner),
            field("provider", "Provider<Balance>", Provider.CODEC, UsernameInformation::provider))
            .named("pallet_identity::types::UsernameInformation",
                    TypeParameter.of("Account", AccountId.CODEC.type()),
                    TypeParameter.of("Balance", Codecs.U128.type()));
}
