package io.vilokanam.pallets.identity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * Who judges identities ({@code pallet_identity::RegistrarInfo}).
 *
 * @param fee plancks for a judgement
 * @param fields a bit for each field that the registrar looks at
 */
public record Registrar(AccountId account, U128 fee, long fields) {

    static final Codec<Registrar> CODEC = struct(Registrar::new,
            field("account", "AccountId", AccountId.CODEC, Registrar::account),
            field("fee", "Balance", Codecs.U128, Registrar::fee),
            field("fields", "IdField", Codecs.U64, Registrar::fields))
            .named("pallet_identity::types::RegistrarInfo", TypeParameter.of("Balance", Codecs.U128.type()),
                    TypeParameter.of("AccountId", AccountId.CODEC.type()),
                    TypeParameter.of("IdField", Codecs.U64.type()));
}
