package io.vilokanam.pallets.identity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * Who gives usernames of a suffix ({@code pallet_identity::AuthorityProperties}).
 *
 * @param allocation how many it may still give without a deposit
 */
public record AuthorityProperties(AccountId accountId, long allocation) {

    static final Codec<AuthorityProperties> CODEC = struct(AuthorityProperties::new,
            field("account_id", "Account", AccountId.CODEC, AuthorityProperties::accountId),
            field("allocation", "Allocation", Codecs.U32, AuthorityProperties::allocation))
            .named("pallet_identity::types::AuthorityProperties",
                    TypeParameter.of("Account", AccountId.CODEC.type()));
}
