package io.vilokanam.pallets.elections;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** For whom an account votes, first its favourite, with the stake that it has locked and its reserved bond. */
record Voter(List<AccountId> votes, U128 stake, U128 deposit) {

    static final Voter NONE = new Voter(List.of(), U128.ZERO, U128.ZERO);

    static final Codec<Voter> CODEC = struct(Voter::new,
            field("votes", "Vec<AccountId>", Codecs.vec(AccountId.CODEC), Voter::votes),
            field("stake", "Balance", Codecs.U128, Voter::stake),
            field("deposit", "Balance", Codecs.U128, Voter::deposit))
            .named("pallet_elections_phragmen::Voter", TypeParameter.of("AccountId", AccountId.CODEC.type()),
                    TypeParameter.of("Balance", Codecs.U128.type()));
}
